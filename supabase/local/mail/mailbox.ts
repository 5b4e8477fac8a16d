import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A mail that a service asked to send. */
export interface OutgoingMail {
  to: string;
  subject: string;
  html: string;
  text: string;
}

/** A mail that was caught instead of sent. */
export interface CaughtMail extends OutgoingMail {
  id: string;
  at: string;
}

/** Keeps mails instead of sending them, newest first. */
export interface Mailbox {
  send(mail: OutgoingMail): Promise<void>;
  list(to?: string): CaughtMail[];
  find(id: string): CaughtMail | undefined;
}

const KEPT = 500;

/** Opens the mailbox of a data directory: one line of JSON a mail, so that a restart loses none. */
export function openMailbox(file: string): Mailbox {
  const mails = read(file);
  return {
    async send(mail) {
      const caught = { ...mail, id: randomUUID(), at: new Date().toISOString() };
      mails.unshift(caught);
      mails.length = Math.min(mails.length, KEPT);
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, `${JSON.stringify(caught)}\n`);
    },
    list: (to) => (to ? mails.filter((mail) => mail.to.toLowerCase() === to.toLowerCase()) : mails),
    find: (id) => mails.find((mail) => mail.id === id),
  };
}

function read(file: string): CaughtMail[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(-KEPT - 1);
  return lines.flatMap(parseLine).reverse();
}

/** A line cut short by a crash is skipped, the others stand. */
function parseLine(line: string): CaughtMail[] {
  try {
    return line ? [JSON.parse(line) as CaughtMail] : [];
  } catch {
    return [];
  }
}
