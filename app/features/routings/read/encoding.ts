/** A text with how it was written, and the lines (from 1) that were written differently from the rest. */
export interface Decoded {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly oddLines: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();
const LINE_FEED = 10;
/** How much of a file is looked at to tell UTF-16 without a mark by its zeros. */
const SAMPLE_BYTES = 2_000;

/** Turns bytes into text: by its mark, else as UTF-8 where that is what it is, else as Windows-1252, even line by line. */
export function decode(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: wide, oddLines: NONE };
  const text = asUtf8(bytes);
  if (text !== undefined) return { text, encoding: 'utf-8', oddLines: NONE };
  return lineByLine(bytes);
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zerosAt = (side: number): number => sample.filter((byte, at) => byte === 0 && at % 2 === side).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  if (odd > sample.length / 4 && even < sample.length / 20) return 'utf-16le';
  if (even > sample.length / 4 && odd < sample.length / 20) return 'utf-16be';
  return undefined;
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Files that were pasted together hold both; the larger part says what the file is, the rest is named. */
function lineByLine(bytes: Uint8Array): Decoded {
  const windows = new TextDecoder('windows-1252');
  const texts: string[] = [];
  const [asUtf8Lines, asWindowsLines] = [new Set<number>(), new Set<number>()];
  for (let start = 0; start <= bytes.length;) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const line = bytes.subarray(start, feed < 0 ? bytes.length : feed);
    const text = asUtf8(line);
    const number = texts.push(text ?? windows.decode(line));
    if (text === undefined) asWindowsLines.add(number);
    else if (line.some((byte) => byte > 127)) asUtf8Lines.add(number);
    if (feed < 0) break;
    start = feed + 1;
  }
  const isWindows = asWindowsLines.size >= asUtf8Lines.size;
  return {
    text: texts.join('\n'),
    encoding: isWindows ? 'windows-1252' : 'utf-8',
    oddLines: isWindows ? asUtf8Lines : asWindowsLines,
  };
}
