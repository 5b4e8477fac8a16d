import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ScheduleItemRow } from '../../data/schema.gen.ts';
import { emptyLine, type LineChange, type NewLine } from './mutations.ts';
import type { DayLine } from './queries.ts';
import type { SheetSession } from './sheet-session.ts';
import { TypedAhead } from './typed-ahead.ts';

const line = (title: string): NewLine => ({ ...emptyLine('2027-03-05', 'Europe/Berlin', null), title });
const stored = (row: NewLine): DayLine =>
  ({ item: row as unknown as ScheduleItemRow, call: undefined, calls: [], people: [] }) as unknown as DayLine;

/** A database that answers when it is told to. */
class SlowSession {
  readonly done: string[] = [];
  name = 'mara:tempodrom';
  #answers: ((refused?: Error) => void)[] = [];
  add = (lines: readonly NewLine[]): Promise<void> => this.#later(`add ${lines.map(({ title }) => title).join()}`);
  change = (changes: readonly { patch: LineChange['patch'] }[]): Promise<void> =>
    this.#later(`change ${JSON.stringify(changes[0]!.patch)}`);

  #later(what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answers.push((refused) => {
        if (refused) return reject(refused);
        this.done.push(what);
        resolve();
      });
    });
  }

  async answer(refused?: Error): Promise<void> {
    await vi.waitFor(() => expect(this.#answers).not.toHaveLength(0));
    this.#answers.shift()!(refused);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function openGrid(session: SlowSession, lines: readonly DayLine[] = []) {
  const thrown: unknown[] = [];
  const grid = {
    session: session as unknown as SheetSession,
    lines,
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  };
  const ahead = new TypedAhead(grid, (what) => thrown.push(what));
  const draw = (now: readonly DayLine[] = grid.lines) => {
    grid.lines = now;
    ahead.hostUpdate();
    return ahead.shown.map(({ item }) => item.title);
  };
  draw();
  return { ahead, draw, thrown };
}

/** A page that is gone before its database has answered anything: a new line, and its title. */
function leftInTheMiddle(): NewLine {
  const { ahead } = openGrid(new SlowSession());
  const press = line('New line');
  ahead.add(press);
  ahead.change(ahead.shown[0]!, { title: 'Podcast' });
  return press;
}

describe('what is typed faster than the database writes', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    });
  });

  it('is drawn at once, and written in the order it was typed', async () => {
    const session = new SlowSession();
    const { ahead, draw } = openGrid(session);
    const press = line('New line');
    ahead.add(press);
    ahead.change(ahead.shown[0]!, { title: 'Podcast' });
    expect(draw()).toEqual(['Podcast']);
    expect(ahead.busy).toBe(true);
    await session.answer();
    await session.answer();
    expect(session.done).toEqual(['add New line', 'change {"title":"Podcast"}']);
    expect(ahead.busy).toBe(false);
  });

  it('gives way to the database when all is written and read back', async () => {
    const session = new SlowSession();
    const press = stored(line('Press'));
    const { ahead, draw } = openGrid(session, [press]);
    ahead.change(press, { title: 'Podcast' });
    await session.answer();
    expect(draw()).toEqual(['Podcast']);
    expect(draw([{ ...press, item: { ...press.item, title: 'Podcast, as read' } }])).toEqual(['Podcast, as read']);
  });

  it('is written by the next life of the page when a reload came in between', async () => {
    leftInTheMiddle();
    const session = new SlowSession();
    const second = openGrid(session);
    expect(second.draw()).toEqual(['Podcast']);
    await session.answer();
    await session.answer();
    expect(session.done).toEqual(['add New line', 'change {"title":"Podcast"}']);
    expect(openGrid(new SlowSession()).draw()).toEqual([]);
  });

  it('does not add a line twice that the earlier life had written', async () => {
    const press = leftInTheMiddle();
    const session = new SlowSession();
    const second = openGrid(session, [stored(press)]);
    expect(second.draw()).toEqual(['Podcast']);
    await session.answer();
    expect(session.done).toEqual(['change {"title":"Podcast"}']);
  });

  it('is not shown to another person or on another sheet', () => {
    openGrid(new SlowSession()).ahead.add(line('Podcast'));
    const other = new SlowSession();
    other.name = 'theo:tempodrom';
    expect(openGrid(other).draw()).toEqual([]);
  });

  it('says what the database refused, and shows what stands there', async () => {
    const session = new SlowSession();
    const press = stored(line('Press'));
    const { ahead, draw, thrown } = openGrid(session, [press]);
    ahead.change(press, { title: 'Podcast' });
    await session.answer(new Error('read-only'));
    expect(thrown).toHaveLength(1);
    expect(draw()).toEqual(['Press']);
    expect(openGrid(new SlowSession(), [press]).draw()).toEqual(['Press']);
  });
});
