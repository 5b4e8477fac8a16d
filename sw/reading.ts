import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);
const CORES = ['', '-simd', '-relaxedsimd'].map((kind) => `tesseract.js-core/tesseract-core${kind}-lstm.wasm.js`);
const LETTERS = '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz';

/** Under Trusted Types a worker may load scripts by a policy of its own only: ours lets it load the engine beside it. */
const POLICY = `globalThis.trustedTypes?.createPolicy('default', {
  createScriptURL(address) {
    const { origin, pathname } = new URL(address, location.href);
    const folder = location.pathname.replace(/[^/]*$/, '');
    if (origin === location.origin && pathname.startsWith(folder) && pathname.endsWith('-lstm.wasm.js')) return address;
    throw new TypeError('not a script of the reading engine: ' + address);
  },
});\n`;

/** Lays the engine that reads receipts beside the app, so that no other server is ever asked for it. */
export function readingEngine(folder: string): Plugin {
  let out = 'dist';
  return {
    name: 'portal-reading-engine',
    configResolved: ({ build }) => void (out = build.outDir),
    async writeBundle() {
      const target = join(out, folder);
      await mkdir(target, { recursive: true });
      await writeFile(join(target, 'worker.js'), await worker());
      for (const file of [...CORES, LETTERS]) await copyFile(require.resolve(file), join(target, basename(file)));
    },
    configureServer({ middlewares }) {
      middlewares.use(folder, (request, response, next) => {
        const name = basename(request.url ?? '');
        const file = [...CORES, LETTERS].find((each) => basename(each) === name);
        const body = name === 'worker.js' ? worker() : file && readFile(require.resolve(file));
        if (!body) return next();
        response.setHeader('content-type', name.endsWith('.js') ? 'text/javascript' : 'application/octet-stream');
        Promise.resolve(body).then((bytes) => response.end(bytes), next);
      });
    },
  };
}

const worker = async (): Promise<string> =>
  POLICY + (await readFile(require.resolve('tesseract.js/dist/worker.min.js'), 'utf8'));
