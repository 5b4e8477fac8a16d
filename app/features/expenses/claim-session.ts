import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { rows } from '../../data/db.ts';
import { LiveQuery } from '../../data/live-query.ts';
import type { ExpenseCategoryRow, ExpenseReceiptRow, ExpenseRow } from '../../data/schema.gen.ts';
import { who } from '../../data/who.ts';
import { dateIn, deviceZone } from '../../kernel/day.ts';
import { asFailure } from '../../kernel/failure.ts';
import { newId } from '../../kernel/id.ts';
import { changeDraft, dropDraft, localDraft, type DraftChange, type DraftStart, type LocalDraft } from './drafts.ts';
import { fieldsOf, typedOf } from './forms.ts';
import { saveClaim, submitClaim, type ClaimToSave } from './mutations.ts';
import { dropOriginal, sweepOriginals } from './originals.ts';
import { PhotoTray } from './photo-tray.ts';
import type { KeptReading } from './reading/kept-reading.ts';
import { filledBy, offersOf } from './reading/offers.ts';
import { PhotoReader } from './reading/photo-reader.ts';
import { noChoices, readChoices, type Choices } from './claim-choices.ts';
import { actorOf, receiptsOf, stateOf, tourCurrency } from './queries.ts';
import {
  exceededLimit,
  isEditable,
  problemsOfDraft,
  problemsOfSubmit,
  warningsOf,
  type Limits,
  type Problem,
  type Surroundings,
  type TypedClaim,
  type Warning,
} from './rules.ts';
import { categoryAt, firstCurrency, showOn } from './smart-defaults.ts';

const TAB = newId();

const without = <T>(all: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(all).filter(([other]) => other !== key));

/** The fields of a stored claim that say something: its owner wrote them. */
const written = ({ amount_minor, merchant }: ExpenseRow): string[] => [
  'expense_date',
  ...(amount_minor === null ? [] : ['amount']),
  ...(merchant ? ['merchant'] : []),
];

/** The locale in which this device writes numbers. */
export const numberLocale = (): string => navigator.language || 'en';

/**
 * One claim being written: every change is kept on this device as it is typed, guesses fill what was not chosen,
 * and two tabs with the same draft see each other's typing.
 */
export class ClaimSession implements ReactiveController {
  readonly photos: PhotoTray;
  readonly reader: PhotoReader;
  state: 'opening' | 'ready' | 'gone' | 'closed' = 'opening';
  typed!: TypedClaim;
  before: ExpenseRow | undefined;
  choices: Choices = noChoices;
  /** How the last change fared: on its way, kept here, or the code of why it could not be kept. */
  keeping: 'nothing' | 'keeping' | 'kept' | { readonly code: string } = 'nothing';
  guessed: { category?: boolean; show?: boolean } = {};
  readonly #host: ReactiveControllerHost;
  readonly #id: () => string;
  readonly #elsewhere: LiveQuery<LocalDraft | undefined>;
  #opened = '';
  #start!: DraftStart;
  #stored: readonly ExpenseReceiptRow[] = [];
  #removed = new Set<string>();
  #chosen = new Set<string>();
  #readings: Readonly<Record<string, KeptReading>> = {};
  #changes: DraftChange[] = [];
  #writing: Promise<void> | undefined;
  #merged = '';

  constructor(host: ReactiveControllerHost, id: () => string) {
    this.#host = host;
    this.#id = id;
    this.photos = new PhotoTray(host, {
      claim: id,
      taken: () => this.receipts.map((receipt) => receipt.sha256),
      room: () => this.receiptCount,
      changed: (change) => this.#change(change),
    });
    this.reader = new PhotoReader(host, {
      photos: () => (this.state === 'ready' ? this.photos.items : []),
      readings: () => this.#readings,
      typed: () => this.typed,
      locale: numberLocale(),
      hints: () => this.#hints,
      read: (photo_id, kept) => this.#takeReading(photo_id, kept),
    });
    this.#elsewhere = new LiveQuery(
      host,
      () => localDraft(id()),
      () => [id()],
    );
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.#id() && this.#id() !== this.#opened) void this.#open((this.#opened = this.#id()));
    else this.#mergeOtherTab();
  }

  /** The stored photos that stay. */
  get receipts(): readonly ExpenseReceiptRow[] {
    return this.#stored.filter((receipt) => !this.#removed.has(receipt.id));
  }

  get receiptCount(): number {
    return this.receipts.length + this.photos.items.length;
  }

  get today(): string {
    return dateIn(deviceZone());
  }

  get category(): ExpenseCategoryRow | undefined {
    return this.choices.categories.find((category) => category.id === this.typed.category_id);
  }

  /** Whether anything of this claim is kept on this device only. */
  get isKept(): boolean {
    return this.#elsewhere.value !== undefined || this.keeping !== 'nothing';
  }

  /** Whether something typed or photographed is nowhere but on the screen. */
  get isUnsafe(): boolean {
    return typeof this.keeping === 'object' || this.photos.items.some((item) => item.state === 'unkept');
  }

  problems(purpose: 'draft' | 'submit'): Problem[] {
    const { category, receiptCount: receipts, today } = this;
    const around: Surroundings = { receipts, category, today, locale: numberLocale() };
    return purpose === 'draft' ? problemsOfDraft(this.typed, around) : problemsOfSubmit(this.typed, around);
  }

  get warnings(): Warning[] {
    const others = this.choices.earlier.filter((claim) => claim.id !== this.#opened);
    return warningsOf(this.typed, numberLocale(), this.today, this.#limits, others);
  }

  get #limits(): Limits {
    return { category: this.category, organization: who().organization };
  }

  /** Takes one change of the form, guesses what follows from it, and keeps both. */
  set(field: keyof TypedClaim, value: string): void {
    this.#chosen.add(field);
    this.#change({ typed: { [field]: value, ...this.#guesses(field, value) }, choose: field });
  }

  #guesses(field: keyof TypedClaim, value: string): Partial<TypedClaim> {
    const { earlier, categories } = this.choices;
    if (field === 'merchant' && !this.#chosen.has('category_id')) {
      const guess = categoryAt(value, earlier);
      const usable = categories.some((category) => category.id === guess && category.active);
      if (!guess || !usable) return {};
      this.guessed = { ...this.guessed, category: true };
      return { category_id: guess };
    }
    return field === 'expense_date' && !this.#chosen.has('show_id') ? { show_id: this.#showOn(value) } : {};
  }

  #showOn(date: string): string {
    const { shows, mine } = this.choices;
    const found = showOn(
      date,
      [...shows.values()].filter((show) => show.tour_id !== null && mine.has(show.tour_id)),
    );
    this.guessed = { ...this.guessed, show: found !== null };
    return found ?? '';
  }

  /** Takes over what a photo says: the person's choice, as if it were typed. */
  use(values: Partial<TypedClaim>): void {
    for (const [field, value] of Object.entries(values)) this.set(field as keyof TypedClaim, value);
  }

  /** Fills only what nobody typed in; what a person writes later wins. */
  #takeReading(photo_id: string, kept: KeptReading): void {
    this.#readings = { ...this.#readings, [photo_id]: kept };
    const offers = offersOf(this.#readings, this.typed, numberLocale());
    const filled = filledBy(offers, this.#chosen, this.typed);
    const guesses = Object.entries(filled).map(([field, value]) => this.#guesses(field as keyof TypedClaim, value));
    this.#change({ typed: Object.assign({}, filled, ...guesses) as Partial<TypedClaim>, reading: { photo_id, kept } });
  }

  get #hints() {
    const { currency } = who().organization;
    const earlier = this.choices.earlier;
    const currencies = [...new Set([this.typed.currency, ...earlier.map((claim) => claim.currency), currency])];
    const names = earlier.map((claim) => claim.merchant?.trim() ?? '').filter((name) => name !== '');
    return { today: this.today, currencies, locale: numberLocale(), merchants: [...new Set(names)] };
  }

  /** Takes a stored photo out of the claim; it leaves with the next save. */
  removeReceipt(id: string): void {
    this.#removed.add(id);
    this.#change({ remove: id });
  }

  restoreReceipt(id: string): void {
    this.#removed.delete(id);
    this.#change({ restore: id });
  }

  /** Keeps the claim as a draft for all devices of its owner. */
  async save(): Promise<void> {
    await saveClaim(await this.#toSave());
    await this.#close();
  }

  async submit(): Promise<void> {
    await submitClaim(await this.#toSave());
    await this.#close();
  }

  /** Lets everything typed since the last save go. */
  async discard(): Promise<void> {
    await Promise.all(this.photos.items.map(({ id }) => dropOriginal(id)));
    await this.#close();
  }

  /** Tries again to keep what a full device refused. */
  async keepAgain(): Promise<void> {
    await this.photos.keepAgain();
    this.#change({ typed: this.typed });
  }

  async #toSave(): Promise<ClaimToSave> {
    const fields = fieldsOf(this.typed, numberLocale());
    const amount_minor = fields.amount_minor ?? 0;
    const over_limit = exceededLimit({ amount_minor, currency: fields.currency }, this.#limits) !== null;
    const position = Math.max(-1, ...this.#stored.map((receipt) => receipt.position)) + 1;
    const { id, organization_id, person_id } = this.#start;
    const photos = (await this.photos.bytes()).map((photo) => ({ ...photo, reading: this.#readings[photo.id] }));
    const before = this.before;
    return {
      id,
      organization_id,
      person_id,
      fields,
      before,
      photos,
      removed: [...this.#removed],
      position,
      over_limit,
    };
  }

  async #close(): Promise<void> {
    this.state = 'closed';
    this.#changes = [];
    await this.#writing;
    await dropDraft(this.#start.id);
  }

  async #open(id: string): Promise<void> {
    this.state = 'opening';
    const { organization, person } = who();
    const [before, draft] = await Promise.all([rows('expenses').get(id), localDraft(id)]);
    this.choices = await readChoices(who());
    this.#stored = before ? await receiptsOf(id) : [];
    this.before = before;
    this.#start = {
      id,
      organization_id: organization.id,
      person_id: person.id,
      typed: this.#first(before),
      chosen: [],
    };
    if (before) this.#start = { ...this.#start, chosen: ['category_id', 'show_id', 'currency', ...written(before)] };
    if (!before && !draft) this.#start = { ...this.#start, typed: await this.#withTourCurrency(this.#start.typed) };
    this.#adopt(draft ?? { ...this.#start, photos: [], removed: [], saved_at: '', tab: TAB });
    await this.photos.open(draft?.photos ?? []);
    this.keeping = draft ? 'kept' : 'nothing';
    void sweepOriginals();
    this.state = before && !isEditable(stateOf(before), actorOf(who())) ? 'gone' : 'ready';
    this.#host.requestUpdate();
  }

  #first(before: ExpenseRow | undefined): TypedClaim {
    if (before) return typedOf(before, numberLocale());
    const nothing = { amount: '', merchant: '', category_id: '', description: '', payment_method: '', notes: '' };
    const last = this.choices.earlier[0];
    const currency = firstCurrency(last?.currency, null, who().organization.currency);
    const payment_method = last?.payment_method ?? '';
    return { ...nothing, payment_method, currency, expense_date: this.today, show_id: this.#showOn(this.today) };
  }

  /** Somebody's very first claim is in the currency of the tour they are on. */
  async #withTourCurrency(typed: TypedClaim): Promise<TypedClaim> {
    if (this.choices.earlier.length > 0) return typed;
    const tour = await tourCurrency(this.choices.shows.get(typed.show_id)?.tour_id ?? null);
    return { ...typed, currency: tour ?? typed.currency };
  }

  #adopt(draft: LocalDraft): void {
    this.typed = draft.typed;
    this.#chosen = new Set(draft.chosen);
    this.#removed = new Set(draft.removed);
    this.#readings = draft.readings ?? {};
    this.#merged = draft.saved_at;
  }

  /** What another tab kept since replaces what is shown here, unless something typed here is still on its way. */
  #mergeOtherTab(): void {
    const kept = this.#elsewhere.value;
    if (this.state !== 'ready' || !kept || kept.tab === TAB || kept.saved_at === this.#merged) return;
    if (kept.id !== this.#opened || this.#changes.length > 0 || this.#writing) return;
    this.#adopt(kept);
    void this.photos.open(kept.photos);
  }

  #change(change: DraftChange): void {
    if (this.state !== 'ready') return;
    this.typed = { ...this.typed, ...change.typed };
    if (change.drop) this.#readings = without(this.#readings, change.drop);
    this.#changes.push(change);
    this.#host.requestUpdate();
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  }

  /** Writes until nothing is left to write; what a full device refuses stays queued and on the screen. */
  async #write(): Promise<void> {
    while (this.#changes.length > 0) {
      const batch = this.#changes;
      this.#changes = [];
      this.keeping = 'keeping';
      try {
        await changeDraft(this.#start, TAB, batch);
        this.keeping = 'kept';
      } catch (thrown) {
        this.#changes = [...batch, ...this.#changes];
        this.keeping = { code: asFailure(thrown).code };
        return;
      } finally {
        this.#host.requestUpdate();
      }
    }
  }
}
