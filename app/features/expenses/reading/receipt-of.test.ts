import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiptOf, type Hints } from './receipt-of.ts';
import { photoTextOf } from './testing.ts';

const hints: Hints = { today: '2026-11-25', currencies: ['EUR'], locale: 'en-GB', merchants: [] };
const read = (text: string, more: Partial<Hints> = {}) => receiptOf(photoTextOf(text), { ...hints, ...more });
const said = (text: string, more: Partial<Hints> = {}) => {
  const { total, date, merchant, currency, tax, tax_rate } = read(text, more);
  return {
    total: total?.value,
    date: date?.value,
    merchant: merchant?.value,
    currency: currency.value,
    tax: tax?.value,
    rate: tax_rate?.value,
  };
};

describe('a receipt', () => {
  it('of a German supermarket: the sum, not what was given or given back', () => {
    expect(
      said(`Edelmarkt Huber
        Hauptstr. 12
        50667 Köln
        Vollmilch 1L            1,29
        Käse Gouda              4,59
        SUMME EUR               5,88
        Bar                    50,00
        Rückgeld               44,12
        MwSt 7% 0,38
        03.05.2026 17:30`),
    ).toEqual({ total: 588, date: '2026-05-03', merchant: 'Edelmarkt Huber', currency: 'EUR', tax: 38, rate: 700 });
  });

  it('of an American diner: tax on top, tip left alone, month first', () => {
    expect(
      said(`Blue Ridge Diner
        1420 Market St
        Denver, CO 80202
        Pancakes              $12.00
        Coffee                 $4.00
        Subtotal              $16.00
        Sales Tax 8%           $1.28
        Total                 $17.28
        Suggested tip 20%      $3.46
        04/05/2026 9:12 AM`),
    ).toMatchObject({ total: 1728, date: '2026-04-05', merchant: 'Blue Ridge Diner', currency: 'USD' });
  });

  it('of a Malaysian shop: what is left after rounding', () => {
    expect(
      said(`SUSHI MENTARI SDN BHD
        JALAN DANAU 2
        Date : 21-04-2026 20:40
        Total (Excluding GST):   35.60
        Serv. Charge (10%):       3.56
        GST Payable:              2.36
        Total (Inclusive of GST): 41.52
        Rounding Adj:            -0.02
        TOTAL:                   41.50
        VISA                     41.50`),
    ).toMatchObject({ total: 4150, currency: 'MYR', date: '2026-04-21', merchant: 'SUSHI MENTARI SDN BHD' });
  });

  it('of a French brasserie: with tax, not the total without', () => {
    expect(
      said(`Brasserie du Pont
        3 place Bellecour
        Plat du jour    18,50 €
        Total HT        16,82 €
        TVA 10%          1,68 €
        Total TTC       18,50 €
        Carte bancaire  18,50 €
        Le 12/05/2026`),
    ).toMatchObject({
      total: 1850,
      currency: 'EUR',
      date: '2026-05-12',
      merchant: 'Brasserie du Pont',
      tax: 168,
      rate: 1000,
    });
  });

  it.each([
    ['Spanish', 'TOTAL A PAGAR   23,40 €', 2340],
    ['Italian', 'TOTALE COMPLESSIVO   23,40 €', 2340],
    ['Dutch', 'Te betalen   23,40 €', 2340],
    ['Portuguese', 'Valor a pagar   23,40 €', 2340],
    ['Swedish', 'Att betala   23,40 kr', 2340],
    ['Polish', 'Do zapłaty   23,40 zł', 2340],
    ['Czech', 'K úhradě   23,40 Kč', 2340],
    ['misread by a letter', 'Gesamlbetrag   23,40 €', 2340],
    ['compound', 'Rechnungsgesamtbetrag   23,40 €', 2340],
    ['on a line of its own', 'Total due\n   £23.40', 2340],
  ])('says its total in words that are %s', (_, line, total) => {
    expect(said(`Some Shop\nThing   99,00\n${line}\nThanks`).total).toBe(total);
  });

  it.each([
    ['JPY', 'SAKURA COFFEE\nTOKYO\nBENTO 1,860\nTOTAL ¥1,860', 1860],
    ['KWD', 'Al Noor Restaurant\nSalmiya, Kuwait\nMixed Grill 12.350\nGrand Total KD 12.350', 12350],
    ['CHF', "Musikhaus\n8002 Zürich\nFlügel 1'234.50\nTotal CHF 1'234.50", 123450],
    ['GBP', 'The Crown\nLeeds LS1 4AB\nPint 5.20\nBalance due £5.20', 520],
    ['AUD', 'Bondi Bread Co\nABN 12 345 678 901\nPie 9.00\nTotal $9.00', 900],
    ['CAD', 'Maple Cafe\nToronto M5V 2T6\nHST 13% 1.30\nTotal $11.30', 1130],
    ['SEK', 'Kafé Lindgren\nMomsreg SE556123456701\nTotalt 64,00 kr', 6400],
    ['INR', 'Chai House\nGSTIN 27AAAAA0000A1Z5\nTotal ₹1,23,456.00', 12345600],
  ])('is in %s with as many decimals as that has', (currency, text, total) => {
    expect(said(text)).toMatchObject({ currency, total });
  });

  it('that names no currency is understood in the likeliest one, and says so', () => {
    const { currency, total } = read('Corner Shop\nTotal 12.00', { currencies: ['NOK', 'EUR'] });
    expect(currency).toMatchObject({ value: 'NOK', confidence: 0 });
    expect(total!.value).toBe(1200);
  });

  it('with a dollar sign is in the dollars of home', () => {
    expect(said('Corner Shop\nTotal $12.00', { currencies: ['SGD'] }).currency).toBe('SGD');
  });

  it('takes a misread sign for what the rest of it says', () => {
    const text = 'RIMBA SDN BHD\nJALAN MERANTI, SELANGOR\nwww.rimba.com.my\nChange £ 2.80\nTotal 7.20';
    expect(said(text).currency).toBe('MYR');
  });

  it('does not mistake a legal form for dinars of Bahrain', () => {
    expect(said('GARDENIA BAKERIES SDN BHD\nTotal Payable 36.55')).toMatchObject({ currency: 'MYR', total: 3655 });
  });

  it.each([
    ['a greeting', 'WELCOME TO\nCasa Pepe\nCalle Mayor 5'],
    ['what it is', 'TAX INVOICE\nCasa Pepe\nCalle Mayor 5'],
    ['thanks', 'Thank you for your visit\nPlease come again\nCasa Pepe\nCalle Mayor 5'],
    ['a telephone number', 'Tel: +34 91 123 4567\nCasa Pepe\n28013 Madrid'],
    ['decoration', '*** --- ***\n* Casa Pepe *\nCalle Mayor 5'],
  ])('has its name after %s', (_, text) => {
    expect(said(text).merchant).toBe('Casa Pepe');
  });

  it('has its name without the number in the register', () => {
    expect(said('HON HWA HARDWARE TRADING (1206674-1)\nTotal 9.00').merchant).toBe('HON HWA HARDWARE TRADING');
  });

  it('of a place that one has been to is spelt as before', () => {
    const { merchant } = read('Backerei Steindl\nSumme 9,00', { merchants: ['Bäckerei Steindl', 'Bäckerei Huber'] });
    expect(merchant).toMatchObject({ value: 'Bäckerei Steindl', confidence: 0.95 });
  });

  it('has the day of the purchase, not until when it can be brought back', () => {
    expect(said('Shop\nReturns until 30.05.2026\nDatum: 03.05.2026 17:12\nSumme 9,00').date).toBe('2026-05-03');
  });

  it('marks where it was read', () => {
    const { total, date } = read('Shop\nDatum: 03.05.2026\n\nSumme          9,00');
    expect(total!.place!.y0).toBeGreaterThan(date!.place!.y0);
    expect(total!.place!.x0).toBeGreaterThan(0.2);
  });

  it('that the two ways of looking read differently is less certain', () => {
    const text = 'Shop\nTotal payable 36.55\nVISA 36.55';
    const other = photoTextOf(text.replaceAll('36.55', '86.55'));
    const alike = receiptOf(photoTextOf(text), hints).total!;
    const unlike = receiptOf({ ...photoTextOf(text), column: other.block }, hints).total!;
    expect(alike.confidence).toBeGreaterThanOrEqual(0.8);
    expect(unlike.confidence).toBeLessThan(0.8);
  });

  it('that the engine could hardly read is never certain', () => {
    const { total } = receiptOf(photoTextOf('Shop\nTotal 36.55', 0.2), hints);
    expect(total!.confidence).toBeLessThan(0.8);
  });

  it('with nothing on it says nothing', () => {
    expect(receiptOf(photoTextOf('~~'), hints)).toEqual({ currency: { value: 'EUR', confidence: 0 } });
  });

  it('whose parts add up has its total read, whatever they cost', () => {
    const price = fc.integer({ min: 50, max: 50_000 });
    const text = (minor: number) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9_000 }),
        (prices, more) => {
          const total = prices.reduce((sum, each) => sum + each, 0);
          const items = prices.map((each, at) => `Item number${'abcdef'[at]}    ${text(each)}`).join('\n');
          const slip = `Northern Strings Ltd\n${items}\nTOTAL   £${text(total)}\nCash  £${text(total + more)}\nChange  £${text(more)}`;
          expect(said(slip).total).toBe(total);
        },
      ),
    );
  });

  it('of any text whatsoever makes no exception, and no confidence beyond 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const found of Object.values(read(text))) {
          expect(found.confidence).toBeGreaterThanOrEqual(0);
          expect(found.confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
