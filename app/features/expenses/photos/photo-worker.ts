import { asFailure } from '../../../kernel/failure.ts';
import { shrink, type ReadyPhoto } from './shrink.ts';

/** What the page sends to the worker. */
export interface PhotoTask {
  readonly task: number;
  readonly file: Blob;
}

/** What the worker answers: the photo, or the code of a refusal. */
export type PhotoAnswer =
  | { readonly task: number; readonly photo: ReadyPhoto }
  | {
      readonly task: number;
      readonly code: string;
      readonly kind: 'refusal' | 'bug' | 'weather';
      readonly message: string;
    };

const worker = self as unknown as Worker;

worker.addEventListener('message', (event: MessageEvent<PhotoTask>) => void answer(event.data));

async function answer({ task, file }: PhotoTask): Promise<void> {
  try {
    const photo = await shrink(file);
    worker.postMessage({ task, photo }, [photo.data, photo.thumbnail]);
  } catch (thrown) {
    const { code, kind, message } = asFailure(thrown);
    worker.postMessage({ task, code, kind, message }, []);
  }
}
