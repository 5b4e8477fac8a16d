import { asFailure } from '../../../kernel/failure.ts';
import { done, movable, type Result, type Task } from './tasks.ts';

/** What the page sends to the worker. */
export interface PhotoTask {
  readonly task: number;
  readonly asked: Task;
}

/** What the worker answers: the result, or the code of a refusal. */
export type PhotoAnswer =
  | { readonly task: number; readonly result: Result }
  | {
      readonly task: number;
      readonly code: string;
      readonly kind: 'refusal' | 'bug' | 'weather';
      readonly message: string;
    };

const worker = self as unknown as Worker;

worker.addEventListener('message', (event: MessageEvent<PhotoTask>) => void answer(event.data));

async function answer({ task, asked }: PhotoTask): Promise<void> {
  try {
    const result = await done(asked);
    worker.postMessage({ task, result }, movable(result));
  } catch (thrown) {
    const { code, kind, message } = asFailure(thrown);
    worker.postMessage({ task, code, kind, message }, []);
  }
}
