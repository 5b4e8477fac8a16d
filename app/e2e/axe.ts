import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Finding {
  id: string;
  help: string;
  nodes: { target: unknown; failureSummary?: string }[];
}

/**
 * What axe finds against WCAG 2.2 AA on the screen once it has come to rest, one line each. What the browser puts off
 * drawing (`content-visibility`) is drawn first: screen readers are told of it, axe at times is not.
 */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(comeToRest);
  // Evaluated and not added as a script: the content security policy lets no stranger's script in.
  await page.evaluate(`window.axe ?? (() => { ${AXE} })()`);
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] }).then((all) => all.violations)`,
  )) as Finding[];
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) =>
      `${id}: ${help} at ${JSON.stringify(target)} ${failureSummary.replaceAll(/\s+/g, ' ')}`.slice(0, 400),
    ),
  );
}

/** The controls a thumb could miss: every visible one less than 44 px high; links inside a sentence are excepted. */
export const smallTargets = (page: Page): Promise<string[]> => page.evaluate(findSmallTargets);

function findSmallTargets(): string[] {
  const small: string[] = [];
  const look = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (!element.matches('button, a[href], input:not([type=hidden]), select, textarea, summary')) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }))
        continue;
      if (element.matches('a') && getComputedStyle(element).display === 'inline') continue;
      if (element.closest('[inert], .visually-hidden')) continue;
      const { width, height } = element.getBoundingClientRect();
      const label = element.closest('label') ?? (element as HTMLInputElement).labels?.[0];
      const reach = element.matches('[type=checkbox], [type=radio], [type=file]')
        ? (label?.getBoundingClientRect().height ?? 0)
        : 0;
      if (width <= 1 || Math.max(height, reach) >= 43.5) continue;
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40);
      const host = (root as ShadowRoot).host?.localName ?? 'document';
      small.push(`${host} ${element.localName}.${element.className} "${name}" is ${Math.round(height)} px high`);
    }
  };
  look(document);
  return small;
}

async function comeToRest(): Promise<void> {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (getComputedStyle(element).contentVisibility === 'auto') element.style.contentVisibility = 'visible';
    }
  const moving = roots.flatMap((root) => root.getAnimations());
  const ending = moving.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}
