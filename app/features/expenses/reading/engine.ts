import type { Page as TesseractPage, Worker as Tesseract } from 'tesseract.js';
import { weather } from '../../../kernel/failure.ts';
import { coreFor, READING_FOLDER, READING_LANGUAGE, READING_WORKER } from './engine-files.ts';
import type { Line, Page } from './page.ts';

/** How the engine looks at a picture: as one block of lines, or as one column of text in sizes of its own. */
export type Look = 'block' | 'column';

/** Where it may not compile, the engine is silent for ever instead of failing. */
const START_MS = 45_000;
const READ_MS = 40_000;
/** The engine holds some 100 MB; it is let go when nobody has asked for this long. */
const IDLE_MS = 60_000;

let engine: Promise<Tesseract> | undefined;
/** The same without its time-out, so that one that comes too late is let go as well. */
let starting: Promise<Tesseract> | undefined;
let idle: ReturnType<typeof setTimeout> | undefined;
let last: Promise<unknown> = Promise.resolve();

/** A picture ready to be read. */
export interface Picture {
  readonly png: ArrayBuffer;
  readonly width: number;
  readonly height: number;
}

/** Reads a picture in one or more ways; one picture at a time. Throws weather `reading_unavailable` when the engine cannot start or takes too long. */
export function recognise(picture: Picture, looks: readonly Look[]): Promise<Page[]> {
  const turn = last.then(() => read(picture, looks));
  last = turn.catch(() => undefined);
  return turn;
}

async function read(picture: Picture, looks: readonly Look[]): Promise<Page[]> {
  clearTimeout(idle);
  try {
    const pages: Page[] = [];
    for (const look of looks) pages.push(await withinTime(lookAt(await started(), picture, look), READ_MS));
    return pages;
  } catch (thrown) {
    letGo();
    throw weather('reading_unavailable', 'the reading engine gave up', thrown);
  } finally {
    idle = setTimeout(letGo, IDLE_MS);
  }
}

const started = (): Promise<Tesseract> => (engine ??= withinTime((starting = start()), START_MS));

async function start(): Promise<Tesseract> {
  const [{ createWorker, OEM }, corePath] = await Promise.all([import('tesseract.js'), corePathHere()]);
  return new Promise((resolve, reject) => {
    createWorker(READING_LANGUAGE, OEM.LSTM_ONLY, {
      workerPath: READING_WORKER,
      workerBlobURL: false,
      corePath,
      langPath: READING_FOLDER,
      gzip: true,
      cacheMethod: 'none', // the service worker keeps the letters
      errorHandler: (thrown: unknown) => reject(asError(thrown)),
    }).then(resolve, (thrown: unknown) => reject(asError(thrown)));
  });
}

/** The build of the engine that this device can run. */
export async function corePathHere(): Promise<string> {
  const { relaxedSimd, simd } = await import('wasm-feature-detect');
  return coreFor(await simd(), await relaxedSimd());
}

async function lookAt(tesseract: Tesseract, { png, width, height }: Picture, look: Look): Promise<Page> {
  const { PSM } = await import('tesseract.js');
  const mode = look === 'block' ? PSM.SINGLE_BLOCK : PSM.SINGLE_COLUMN;
  await tesseract.setParameters({ tessedit_pageseg_mode: mode, preserve_interword_spaces: '0' });
  const image = new Blob([png], { type: 'image/png' });
  const { data } = await tesseract.recognize(image, {}, { text: false, blocks: true });
  return { width, height, lines: linesOf(data) };
}

function linesOf({ blocks }: TesseractPage): Line[] {
  const lines = (blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines));
  return lines
    .map((line) => ({
      box: line.bbox,
      words: line.words.map(({ text, confidence, bbox }) => ({ text, confidence: confidence / 100, box: bbox })),
    }))
    .filter((line) => line.words.length > 0);
}

function letGo(): void {
  clearTimeout(idle);
  void starting?.then((tesseract) => tesseract.terminate()).catch(() => undefined);
  engine = starting = undefined;
}

function withinTime<T>(work: Promise<T>, limit: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer in ${limit} ms`)), limit);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
