// Runs before everything else and before the first paint.

// A chosen theme never flashes the other one.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be shut; the system's theme holds then.
}

// The form library compiles its checks with `new Function` where it may; the security policy forbids that, so it need not try.
globalThis.__zod_globalConfig = { jitless: true };
