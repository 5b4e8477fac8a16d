import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './postgres/pidfile.ts';

/** The note that a running stack leaves in its data directory. */
export interface RunningNote {
  pid: number;
  url: string;
  /** Tells this run from another that was given the same process id later. */
  run: string;
}

const noteFile = (dataDir: string): string => join(dataDir, 'stack.json');

/** Reads who runs on a data directory; a note whose process is gone or is somebody else's counts as nobody. */
export async function whoRuns(dataDir: string): Promise<RunningNote | undefined> {
  const note = readNote(dataDir);
  if (!note || !isAlive(note.pid)) return undefined;
  return note.pid === process.pid || (await answers(note)) ? note : undefined;
}

function readNote(dataDir: string): RunningNote | undefined {
  try {
    return JSON.parse(readFileSync(noteFile(dataDir), 'utf8')) as RunningNote;
  } catch {
    return undefined;
  }
}

/** A stack that is still starting does not answer yet: it gets two seconds. */
async function answers(note: RunningNote): Promise<boolean> {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    try {
      const reply = await fetch(`${note.url}/stack/v1/run`, { signal: AbortSignal.timeout(1000) });
      return (await reply.text()) === note.run;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 250));
      if (!isAlive(note.pid)) return false;
    }
  }
  return false;
}

/** Claims a data directory for this process; throws a sentence that says where the other stack is. */
export async function claim(dataDir: string, note: RunningNote): Promise<() => void> {
  mkdirSync(dataDir, { recursive: true });
  const other = await whoRuns(dataDir);
  if (other) {
    throw new Error(
      `The stack is already running at ${other.url} (process ${other.pid}).\n` +
        'Use it as it is, or stop it with Ctrl-C in its terminal or "npx tsx supabase/local/cli.ts stop".',
    );
  }
  rmSync(noteFile(dataDir), { force: true });
  writeNoteOnce(dataDir, note);
  return () => {
    if (readNote(dataDir)?.run === note.run) rmSync(noteFile(dataDir), { force: true });
  };
}

/** `wx` decides between two starts in the same instant. */
function writeNoteOnce(dataDir: string, note: RunningNote): void {
  try {
    writeFileSync(noteFile(dataDir), JSON.stringify(note), { flag: 'wx' });
  } catch (cause) {
    throw new Error('Another start of the stack is under way on this data directory. Wait for it.', { cause });
  }
}
