/** Where a pattern names a word: a low number is early, undefined is nowhere. */
export type Ranks = ReadonlyMap<string, number>;

/**
 * The orders in which a pattern names these words: one as it stands, and one seen from each of its alternatives, since
 * `a.*b|b.*a` names them in both. What it names in part, as in `--(user|role)-name`, stands nowhere: there each order of
 * the alphabet is one more.
 */
export const patternRanks = (pattern: string, words: Iterable<string>): readonly Ranks[] => {
  const text = plainText(pattern);
  const places = [...new Set(words)]
    .map((word) => ({ word, at: placesOf(text, word.toLowerCase()) }))
    .filter(({ at }) => at.length > 0);
  const starts = [0, ...[...text.matchAll(/\|/g)].map(({ index }) => index)];
  const orders = new Map<string, Ranks>();
  for (const start of starts) {
    const ranks = places.map(({ word, at }): [string, number] => [word, rankFrom(start, at, text.length)]);
    const inOrder = ranks.sort(([, a], [, b]) => a - b);
    orders.set(inOrder.map(([word]) => word).join("\n"), new Map(inOrder));
  }
  return [...orders.values(), ...(NAMES_IN_PART.test(pattern.replace(/\\[^wWSdD]/g, " ")) ? alphabets(words) : [])];
};

// A class, a group or a wildcard beside a letter.
const NAMES_IN_PART = /[\w"-][[(?{]|[\])}?][?*+]?[\w-]|[\w-]\.[*+?]*\w|\\[wWSdD]/;

const alphabets = (words: Iterable<string>): readonly Ranks[] => {
  const sorted = [...new Set(words)].sort();
  const rising = sorted.map((word, index): [string, number] => [word, index]);
  return [new Map(rising), new Map(rising.map(([word, index]) => [word, -index]))];
};

// What stands before the alternative comes after all that stands in it.
const rankFrom = (start: number, places: readonly number[], length: number): number =>
  places.find((place) => place >= start) ?? length + (places[0] ?? 0);

// `\-` is a hyphen, `\s` no letter of a name, `\|` no alternative.
const plainText = (pattern: string): string =>
  pattern.replace(/\\([\s\S])/g, (_, next: string) => (/[a-z0-9|]/i.test(next) ? " " : next)).toLowerCase();

const placesOf = (text: string, word: string): readonly number[] => {
  const places: number[] = [];
  if (word === "") return places;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    if (isWhole(text, at, at + word.length)) places.push(at);
  return places;
};

// `user-name` does not stand in `new-user-name`, `user-names` and `user-name-x`; two hyphens begin a name.
const isWhole = (text: string, start: number, end: number): boolean =>
  !/[a-z0-9]$|(?:^|[^-])-$/.test(text.slice(Math.max(0, start - 2), start)) &&
  !/^-?[a-z0-9]/.test(text.slice(end, end + 2));
