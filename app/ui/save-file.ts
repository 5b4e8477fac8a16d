/** A file to hand to the person. */
export interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly data: string | Blob;
}

/** How long a browser may take to begin saving before the address of the file is given up. */
const SAVING_MS = 60_000;

/** Hands a file to the browser to save. */
export function saveFile({ name, type, data }: MadeFile): void {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), SAVING_MS);
}
