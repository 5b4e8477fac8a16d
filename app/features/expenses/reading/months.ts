/** The first letters that tell a month in the languages of countries that tours go to, without accents; longer beginnings win. */
const BEGINNINGS: readonly (readonly string[])[] = [
  ['jan', 'jän', 'ene', 'gen', 'sty', 'led', 'oca', 'tam', 'sij', 'styczn'],
  ['feb', 'fev', 'lut', 'uno', 'sub', 'hel', 'velj', 'febb'],
  ['mar', 'mrz', 'maa', 'mae', 'bre', 'mac', 'ozu', 'maer', 'marz'],
  ['apr', 'avr', 'abr', 'kwi', 'dub', 'nis', 'huht', 'trav', 'ápr'],
  ['may', 'mai', 'mei', 'mag', 'maj', 'kve', 'toukok', 'svib', 'máj', 'mayo'],
  ['jun', 'juin', 'giu', 'cze', 'cer', 'haz', 'kesa', 'lip', 'juni'],
  ['jul', 'juil', 'lug', 'lipc', 'cerv', 'tem', 'hein', 'srp', 'julho'],
  ['aug', 'aou', 'ago', 'sie', 'srpn', 'elok', 'kol', 'ogo', 'agos'],
  ['sep', 'set', 'wrz', 'zar', 'eyl', 'syys', 'ruj', 'szept'],
  ['oct', 'okt', 'out', 'ott', 'paz', 'rij', 'eki', 'loka', 'list', 'oktob'],
  ['nov', 'listop', 'kas', 'marr', 'stud'],
  ['dec', 'dez', 'dic', 'gru', 'pro', 'ara', 'joul', 'dis', 'des', 'prosin'],
];

const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l');

const all = BEGINNINGS.flatMap((some, month) =>
  some.map((beginning) => ({ beginning: plain(beginning), month: month + 1 })),
).sort((a, b) => b.beginning.length - a.beginning.length);

/** The number of a month by its name or short name, in any of the languages; `undefined` for other words. */
export const monthOf = (name: string): number | undefined => {
  const word = plain(name);
  return all.find(({ beginning }) => word.startsWith(beginning))?.month;
};
