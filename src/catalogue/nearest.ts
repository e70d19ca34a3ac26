/** The names most like `text`, best first, at most three; none when nothing is close. */
export const nearest = (text: string, names: Iterable<string>): readonly string[] => {
  const limit = Math.max(1, Math.min(3, Math.floor(text.length / 2)));
  return [...names]
    .map((name) => ({ name, far: distance(text.slice(0, 64), name) }))
    .filter(({ name, far }) => far <= limit || (text.length > 2 && name.startsWith(text)))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
};

/** Edits between two words, a swap of neighbours counting as one (Damerau, restricted). */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) line.push(cell(a, b, row, column, [before, last, line]));
    before = last;
    last = line;
  }
  return last[b.length] ?? 0;
};

type Rows = readonly [readonly number[], readonly number[], readonly number[]];

const cell = (a: string, b: string, row: number, column: number, [before, last, line]: Rows): number => {
  const at = (numbers: readonly number[], index: number): number => numbers[index] ?? Number.POSITIVE_INFINITY;
  const same = a[row - 1] === b[column - 1];
  const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  return Math.min(
    at(last, column) + 1,
    at(line, column - 1) + 1,
    at(last, column - 1) + (same ? 0 : 1),
    swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
  );
};
