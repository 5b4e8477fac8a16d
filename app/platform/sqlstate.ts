import { bug, refusal, weather, type Failure } from '../kernel/failure.ts';

type Verdict = readonly [kind: 'weather' | 'refusal' | 'bug', code: string];

/** What a SQLSTATE (or PostgREST code) means for a person; two-letter keys stand for a whole class. */
export const verdictsBySqlState: Readonly<Record<string, Verdict>> = {
  BL400: ['refusal', 'malformed'],
  BL401: ['refusal', 'signed_out'],
  BL403: ['refusal', 'not_permitted'],
  BL404: ['refusal', 'gone'],
  BL409: ['refusal', 'conflict'],
  BL410: ['refusal', 'exists'],
  BL422: ['refusal', 'not_accepted'],
  BL426: ['refusal', 'update_needed'],
  '22': ['refusal', 'malformed'],
  '23502': ['refusal', 'value_missing'],
  '23503': ['refusal', 'link_missing'],
  '23505': ['refusal', 'exists'],
  '23': ['refusal', 'not_accepted'],
  '28': ['refusal', 'signed_out'],
  '42501': ['refusal', 'not_permitted'],
  '54': ['refusal', 'malformed'], // nested beyond all depth: poison for its batch (S17)
  '08': ['weather', 'server_busy'],
  '40': ['weather', 'server_busy'],
  '53': ['weather', 'server_busy'],
  '55P03': ['weather', 'server_busy'],
  '57': ['weather', 'server_busy'],
  PGRST000: ['weather', 'server_busy'],
  PGRST001: ['weather', 'server_busy'],
  PGRST002: ['weather', 'server_busy'],
  PGRST003: ['weather', 'server_busy'],
  PGRST202: ['weather', 'server_not_ready'],
  PGRST300: ['refusal', 'signed_out'],
  PGRST301: ['refusal', 'signed_out'],
  PGRST302: ['refusal', 'signed_out'],
  PGRST303: ['refusal', 'signed_out'],
};

const verdictOf = (state: string): Verdict =>
  verdictsBySqlState[state] ?? verdictsBySqlState[state.slice(0, 2)] ?? ['bug', 'unexpected'];

/** A rule of the domain names itself in the message ("missing_receipts"); a check constraint is named by the database. */
function wordOf(state: string, message: string): string {
  if (state.startsWith('BL') && /^[a-z][a-z0-9_]*$/.test(message)) return message;
  return verdictOf(state)[1];
}

/** The stable word a feature chooses its sentence by, for a refusal the database filed with an intent. */
export const refusalCode = (state: string | undefined, message = ''): string => wordOf(state ?? '', message);

/** Turns an answer that is not a success into a failure: the SQLSTATE decides, the HTTP status where there is none. */
export function failureOf(status: number, body: { code?: string; message?: string }): Failure {
  const { code = '', message = `HTTP ${status}` } = body;
  const [kind, word] = code ? verdictOf(code) : verdictOfStatus(status);
  if (kind === 'weather') return weather(word, message);
  return kind === 'refusal' ? refusal(code ? wordOf(code, message) : word, message) : bug(word, `${code} ${message}`);
}

function verdictOfStatus(status: number): Verdict {
  if (status === 401) return ['refusal', 'signed_out'];
  if (status === 413) return ['refusal', 'too_large'];
  if (status === 403) return ['refusal', 'not_permitted'];
  // a hotel's login page, a proxy, a server that is starting: all of them pass
  return ['weather', 'server_busy'];
}
