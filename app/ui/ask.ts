import './ui-ask.ts';
import type { Question } from './ui-ask.ts';

export type { Question } from './ui-ask.ts';

/** Asks and waits: true when confirmed, false when the person backed out in any way. */
export function ask(question: Question): Promise<boolean> {
  const element = document.createElement('ui-ask');
  element.question = question;
  document.body.append(element);
  return element.answer.finally(() => element.remove());
}
