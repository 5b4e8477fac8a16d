// oxlint-disable import/default -- the addresses of built files, which only the bundler knows
import heicWorker from './heic-worker.ts?worker&url';
import jbig2 from 'pdfjs-dist/wasm/jbig2.wasm?url';
import openjpeg from 'pdfjs-dist/wasm/openjpeg.wasm?url';
import qcms from 'pdfjs-dist/wasm/qcms_bg.wasm?url';
import pdfWorker from './pdf-worker.ts?worker&url';

export { heicWorker, pdfWorker };

/** Decoders for what scanners put into PDFs, by the names that the viewer asks for. */
export const pdfDecoders: Readonly<Record<string, string>> = {
  'jbig2.wasm': jbig2,
  'openjpeg.wasm': openjpeg,
  'qcms_bg.wasm': qcms,
};

/** What opens HEIC and PDF: too heavy for everybody's installation, wanted by whoever makes claims. */
export const tools: readonly string[] = [heicWorker, pdfWorker, ...Object.values(pdfDecoders)];
