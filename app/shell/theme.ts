/** The look a person chose; `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark';

/** The look in use on this device. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** Changes the look at once and for later visits. */
export function useTheme(chosen: Theme): void {
  if (chosen === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
  try {
    if (chosen === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', chosen);
  } catch {
    // Storage may be shut in a private window; the choice then holds for this visit.
  }
}
