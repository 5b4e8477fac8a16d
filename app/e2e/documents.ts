import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A receipt as an iPhone takes it: drawn by us and encoded with libheif's own encoder. */
export const heicReceipt = (): Upload => ({
  name: 'IMG_0042.HEIC',
  mimeType: '',
  buffer: readFileSync(fileURLToPath(new URL('./fixtures/receipt.heic', import.meta.url))),
});

/** A PDF of so many pages with one line of print on each (ISO 32000-1, annex H). */
export function pdfOf(pages: number, name = 'invoice.pdf'): Upload {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>'];
  const kids = Array.from({ length: pages }, (_, at) => `${4 + at * 2} 0 R`).join(' ');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (let page = 1; page <= pages; page++) {
    const text = `BT /F1 36 Tf 72 700 Td (Hotel Adler, page ${page}: 118.00) Tj ET`;
    const resources = '/Resources << /Font << /F1 3 0 R >> >>';
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${objects.length + 2} 0 R >>`,
    );
    objects.push(`<< /Length ${text.length} >>\nstream\n${text}\nendstream`);
  }
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(assembled(objects), 'latin1') };
}

function assembled(objects: readonly string[]): string {
  let text = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  return `${text}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
}
