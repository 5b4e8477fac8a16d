import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const name = process.argv[2];
if (!name || !/^[a-z]+(-[a-z]+)*$/.test(name)) {
  console.error('Say what it is called, in lower case with dashes: npm run new:feature guest-list');
  process.exit(2);
}
const folder = join('app/features', name);
if (existsSync(folder)) {
  console.error(`${folder} is there already.`);
  process.exit(1);
}

const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
const element = `${name}-page`;
const type = element.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

const files: Readonly<Record<string, string>> = {
  'index.ts': `import type { Feature } from '../../kernel/feature.ts';
import { words } from './words.ts';

/** ${title}: say here what a person does in this room. */
export const feature: Feature = {
  name: '${name}',
  routes: [{ path: '/${name}', tag: '${element}', title: words.heading, load: () => import('./${element}.ts') }],
  nav: [{ path: '/${name}', label: words.heading, icon: 'circle', order: 50 }],
};
`,
  'words.ts': `import { defineWords } from '../../kernel/words.ts';

/** The sentences of this room. */
export const words = defineWords('${name}', {
  heading: '${title}',
  empty: 'Nothing here yet',
  emptyText: 'Say what belongs here and how it begins.',
});
`,
  [`${element}.ts`]: `import { LitElement, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-empty.ts';
import '../../ui/ui-page.ts';
import { words } from './words.ts';

/** The first screen of this room. */
@customElement('${element}')
export class ${type} extends LitElement {
  override render() {
    return html\`<ui-page heading=\${words.heading}>
      <ui-empty icon="circle" heading=\${words.empty}>\${words.emptyText}</ui-empty>
    </ui-page>\`;
  }

  static override styles = [base, controls];
}

declare global {
  interface HTMLElementTagNameMap {
    '${element}': ${type};
  }
}
`,
};

mkdirSync(folder, { recursive: true });
for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
execFileSync('npx', ['prettier', '--write', folder], { stdio: 'ignore', shell: process.platform === 'win32' });
console.log(`${folder} has its front door, words and first page. Name it in app/main.ts, then: npm run check`);
