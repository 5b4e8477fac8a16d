import { sha256 as digest } from '../../../kernel/digest.ts';
import { asFailure, refusal } from '../../../kernel/failure.ts';
import { LARGEST_FILE } from '../rules.ts';
import { drawnPage, openPdf } from './pdf-document.ts';
import { thumbnailOf, type ReadyPhoto } from './shrink.ts';

/** The longer side that a page is drawn with for its thumbnail. */
const LONGEST_SIDE = 800;
/** A receipt with more pages is worth a second look: it may be a whole statement. */
const MANY_PAGES = 20;

/** Takes a PDF as it is, with its first page as thumbnail. Throws `pdf_too_large`, `pdf_locked`, `photo_damaged`. */
export async function preparePdf(file: Blob): Promise<ReadyPhoto> {
  if (file.size > LARGEST_FILE) throw refusal('pdf_too_large', 'more than the storage takes');
  const data = await file.arrayBuffer();
  const opened = await openPdf(data);
  const canvas = document.createElement('canvas');
  try {
    const size = await drawnPage(opened, 1, LONGEST_SIDE, canvas).catch((thrown: unknown) => {
      throw asFailure(thrown).kind === 'refusal' ? thrown : refusal('photo_damaged', 'no page can be drawn');
    });
    const pages = opened.numPages;
    const doubts = pages > MANY_PAGES ? (['pdf_long'] as const) : [];
    const thumbnail = await thumbnailOf(canvas, size);
    const sha256 = await digest(data);
    return { data, thumbnail, mime_type: 'application/pdf', ...size, sha256, pages, doubts };
  } finally {
    canvas.width = canvas.height = 0; // Safari keeps the memory of a canvas until then
    await opened.loadingTask.destroy();
  }
}
