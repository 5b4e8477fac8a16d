/** The part of libheif's wrapper that is used here; its own types describe the raw bindings only. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    display<T extends { data: Uint8ClampedArray }>(target: T, done: (drawn: T | null) => void): void;
  }
  interface Heif {
    HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] };
  }
  /** Starts the decoder. */
  export default function openHeif(): Promise<Heif> | Heif;
}
