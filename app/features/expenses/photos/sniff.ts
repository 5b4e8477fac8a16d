/** What a file really is, told by its first bytes and never by its name. */
export type Kind = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'image/heic' | 'application/pdf';

/** Reads the kind of a file from its first bytes (16 are enough); `null` for anything that is no image and no PDF. */
export function sniff(bytes: Uint8Array): Kind | null {
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (text(bytes, 0, 4) === 'GIF8') return 'image/gif';
  if (text(bytes, 0, 5) === '%PDF-') return 'application/pdf';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP') return 'image/webp';
  return text(bytes, 4, 4) === 'ftyp' && heicBrands.has(text(bytes, 8, 4)) ? 'image/heic' : null;
}

const heicBrands = new Set(['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1', 'avif']);

const starts = (bytes: Uint8Array, ...expected: number[]): boolean =>
  expected.every((byte, index) => bytes[index] === byte);

const text = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/** Width and height in pixels, as the image is meant to be looked at. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size a JPEG or PNG announces in its first bytes, turned as its EXIF orientation says; `null` when it does not say. */
export function announcedSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = sniff(bytes);
  if (kind === 'image/png' && bytes.length >= 24) return { width: view.getUint32(16), height: view.getUint32(20) };
  return kind === 'image/jpeg' ? jpegSize(view) : null;
}

function jpegSize(view: DataView): Size | null {
  let turned = false;
  for (let at = 2; at + 9 < view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xe1) turned ||= isTurned(view, at + 4);
    if (!isFrame(marker)) continue;
    const size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    return turned ? { width: size.height, height: size.width } : size;
  }
  return null;
}

/** Start-of-frame markers (ITU-T T.81 table B.1): C0 to CF without DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Whether an EXIF block says that the camera was held upright: orientations 5 to 8 swap the sides. */
function isTurned(view: DataView, at: number): boolean {
  const tiff = at + 6;
  if (tiff + 8 > view.byteLength || view.getUint32(at) !== 0x45786966) return false;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > view.byteLength) return false;
  const entries = view.getUint16(directory, little);
  for (let entry = directory + 2; entry < directory + 2 + entries * 12; entry += 12) {
    if (entry + 12 > view.byteLength) return false;
    if (view.getUint16(entry, little) === 0x0112) return view.getUint16(entry + 8, little) >= 5;
  }
  return false;
}

/** The size an image gets so that its longer side is at most `longest` pixels; small ones stay as they are. */
export function fitted(size: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(size.width, size.height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(size.width), height: side(size.height) };
}
