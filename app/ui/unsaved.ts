const holders = new Set<object>();

/** Tells the shell that a form holds typing which is nowhere else; it asks before leaving or reloading. */
export function holdUnsaved(holder: object, unsaved: boolean): void {
  if (unsaved) holders.add(holder);
  else holders.delete(holder);
}

/** Whether a reload or a step away would lose something a person typed. */
export const hasUnsaved = (): boolean => holders.size > 0;

/** Lets everything go, after the person said so. */
export const forgetUnsaved = (): void => holders.clear();
