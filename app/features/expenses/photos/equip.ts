import jbig2 from 'pdfjs-dist/wasm/jbig2.wasm?url';
import openjpeg from 'pdfjs-dist/wasm/openjpeg.wasm?url';
import qcms from 'pdfjs-dist/wasm/qcms_bg.wasm?url';
import heicWorker from './heic-worker.ts?worker&url';
import pdfWorker from './pdf-worker.ts?worker&url';

/** What opens HEIC and PDF: too heavy for everybody's installation, wanted by whoever makes claims. */
const tools: readonly string[] = [heicWorker, pdfWorker, openjpeg, jbig2, qcms];

interface Metered {
  readonly connection?: { readonly saveData?: boolean };
}

/** Brings the tools onto this device while there is signal, so that they are there when there is none. The service worker keeps them. */
export async function equip(): Promise<void> {
  if ((navigator as Metered).connection?.saveData || !navigator.serviceWorker?.controller) return;
  for (const tool of tools) {
    if (await caches.match(tool)) continue;
    const fetched = await fetch(tool, { priority: 'low' }).catch(() => undefined);
    if (!fetched?.ok) return;
    await fetched.arrayBuffer(); // one after the other, and nothing half
  }
}
