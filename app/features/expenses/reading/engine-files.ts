/** Where this site serves the engine that reads text, its three builds and its letters from; the build copies them there by version. */
export const READING_FOLDER = '/assets/reading-7.0.0';

/** The letters the engine knows: Latin script with digits and the common currency signs. */
export const READING_LANGUAGE = 'eng';

/** The engine's worker. */
export const READING_WORKER = `${READING_FOLDER}/worker.js`;

/** The letters, packed. */
export const READING_LETTERS = `${READING_FOLDER}/${READING_LANGUAGE}.traineddata.gz`;

/** The build of the engine for what a device's processor can do. */
export const coreFor = (simd: boolean, relaxed: boolean): string =>
  `${READING_FOLDER}/tesseract-core${relaxed ? '-relaxedsimd' : simd ? '-simd' : ''}-lstm.wasm.js`;
