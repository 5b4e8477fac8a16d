/** A mail that a catcher kept instead of sending. */
export interface CaughtMail {
  subject: string;
  text: string;
}

const catcher = process.env['CONFORMANCE_MAILPIT_URL'];

/** Whether mails of the Supabase under test can be read: always on the embedded stack, elsewhere with a Mailpit address. */
export const mailIsReadable = !process.env['CONFORMANCE_URL'] || Boolean(catcher);

/** The ending of the name of a test that cannot run without reading mail. */
export const unreadable = mailIsReadable ? '' : ' (not verified: no mail catcher known, set CONFORMANCE_MAILPIT_URL)';

const read = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;

/** Lists the mails to an address, newest first. */
export async function mailsTo(stackUrl: string, to: string): Promise<CaughtMail[]> {
  if (!catcher) return read(`${stackUrl}/mail/api/messages?to=${encodeURIComponent(to)}`);
  const query = encodeURIComponent(`to:"${to}"`);
  const found = await read<{ messages: { ID: string }[] }>(`${catcher}/api/v1/search?query=${query}`);
  const mails = found.messages.map(({ ID }) =>
    read<{ Subject: string; Text: string }>(`${catcher}/api/v1/message/${ID}`),
  );
  return (await Promise.all(mails)).map(({ Subject, Text }) => ({ subject: Subject, text: Text }));
}
