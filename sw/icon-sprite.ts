import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const ADDRESS = 'virtual:icon-sprite';
const DEVELOPMENT = '/icon-sprite.svg';
const LIST = new URL('../app/ui/icons.ts', import.meta.url);
const LUCIDE = new URL('../node_modules/lucide-static/icons/', import.meta.url);

/** Gathers the icons named in app/ui/icons.ts in one file, so that drawings cost no script; its address is `virtual:icon-sprite`. */
export function iconSprite(): Plugin {
  let isBuild = false;
  return {
    name: 'portal-icon-sprite',
    configResolved: ({ command }) => void (isBuild = command === 'build'),
    resolveId: (id) => (id === ADDRESS ? `\0${ADDRESS}` : undefined),
    load(id) {
      if (id !== `\0${ADDRESS}`) return undefined;
      if (!isBuild) return `export default ${JSON.stringify(DEVELOPMENT)}`;
      const file = this.emitFile({ type: 'asset', name: 'icons.svg', source: sprite() });
      return `export default import.meta.ROLLUP_FILE_URL_${file}`;
    },
    configureServer({ middlewares }) {
      middlewares.use(DEVELOPMENT, (_request, response) => {
        response.setHeader('content-type', 'image/svg+xml').end(sprite());
      });
    },
  };
}

/** Every named icon as a symbol; the build fails at a name that Lucide does not have. */
export function sprite(): string {
  const list = readFileSync(LIST, 'utf8').match(/iconNames = \[([^\]]*)\]/)![1]!;
  const symbols = Array.from(list.matchAll(/'([\w-]+)'/g), ([, name]) => symbol(name!));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

function symbol(name: string): string {
  const source = readFileSync(new URL(`${name}.svg`, LUCIDE), 'utf8');
  const shapes = source.match(/<(?!svg|!)[a-z]+\s[^>]*>/g) ?? [];
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.join('')}</symbol>`;
}
