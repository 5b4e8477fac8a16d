import { refusal, type Failure } from '../kernel/failure.ts';
import { failureOf } from './sqlstate.ts';

/** What Storage says no with: for most requests it answers 400 and names the real status in the body. */
export async function fileRefused(response: Response): Promise<Failure> {
  const body = (await response.json().catch(() => ({}))) as { statusCode?: string; message?: string };
  const status = Number(body.statusCode ?? response.status) || response.status;
  const failure = failureOf(status, body.message ? { message: body.message } : {});
  const permanent = status >= 400 && status < 500 && ![401, 408, 409, 423, 429].includes(status);
  return permanent ? refusal(wordByStatus[status] ?? 'file_not_accepted', failure.message) : failure;
}

const wordByStatus: Readonly<Record<number, string>> = {
  403: 'not_permitted',
  404: 'gone',
  413: 'file_too_large',
  415: 'file_type_not_accepted',
};
