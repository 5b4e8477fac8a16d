import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import { refusal } from '../../../kernel/failure.ts';
import { fitted, type Size } from './sniff.ts';
import { pdfDecoders, pdfWorker } from './tools.ts';

/** Where the viewer gets its parts from: files of this build, and nothing from anywhere else. */
class OwnFiles {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const address = pdfDecoders[filename];
    if (!address) throw new Error(`not part of this build: ${filename}`);
    return new Uint8Array(await (await fetch(address)).arrayBuffer());
  }
}

/** Opens a PDF; the caller destroys its `loadingTask`. Throws the refusals `pdf_locked` and `photo_damaged`. */
export async function openPdf(data: ArrayBuffer): Promise<PDFDocumentProxy> {
  GlobalWorkerOptions.workerPort ??= new Worker(pdfWorker, { type: 'module' });
  const copy = new Uint8Array(data.slice(0)); // the viewer keeps what it is given
  const opening = getDocument({ data: copy, BinaryDataFactory: OwnFiles, useWorkerFetch: false, stopAtErrors: false });
  try {
    return await opening.promise;
  } catch (thrown) {
    const isLocked = thrown instanceof Error && thrown.name === 'PasswordException';
    throw refusal(isLocked ? 'pdf_locked' : 'photo_damaged', 'the PDF cannot be opened');
  }
}

/** Draws a page, its longer side `longest` pixels; the size is that of the drawing. */
export async function drawnPage(
  document: PDFDocumentProxy,
  number: number,
  longest: number,
  canvas: HTMLCanvasElement,
): Promise<Size> {
  const page = await document.getPage(number);
  const plain = page.getViewport({ scale: 1 });
  const size = fitted({ width: plain.width * 100, height: plain.height * 100 }, longest);
  const viewport = page.getViewport({ scale: size.width / plain.width });
  canvas.width = size.width;
  canvas.height = size.height;
  await page.render({ canvas, viewport }).promise;
  page.cleanup();
  return size;
}
