/** Bytes of a page; what a page has more or less of them is less than `LOOK_BACK`. */
export const PAGE_BYTES = 50_000;

/** Bytes before the place where a page would end in which the end of a line is looked for. */
export const LOOK_BACK = 16_384;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** How many pages a file of so many bytes has. Each lies where its number says, so that none of the others is read for it. */
export const pagesOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / PAGE_BYTES));

/**
 * The place at or before `at` where one page ends and the next begins: behind the last line feed that is near, else
 * where a character begins that is not joined to the one before it. A text that is cut there gives the same characters as
 * the whole, and they are shown alike.
 *
 * @param bytes a part of a file that begins at its beginning, or `LOOK_BACK` bytes before `at` or earlier
 * @param at index into them, not 0
 */
export const cutBefore = (bytes: Uint8Array, at: number): number => {
  const line = bytes.lastIndexOf(LINE_FEED, at - 1);
  if (line >= 0 && line >= at - LOOK_BACK) return line + 1;
  if (bytes[at] === LINE_FEED && bytes[at - 1] === CARRIAGE_RETURN) return at - 1;
  let start = characterStart(bytes, at);
  for (let step = 0; step < MOST_JOINED && start > 1 && isJoined(bytes, start); step += 1)
    start = characterStart(bytes, start - 1);
  return start;
};

/** Characters of a row that are kept together; a longer one says nothing. */
const MOST_JOINED = 32;

const isJoined = (bytes: Uint8Array, at: number): boolean => isJoiner(bytes, at) || isJoiner(bytes, at - 3);

// Joiners and variation selectors, which `visibleText` leaves as they are between certain characters.
const isJoiner = (bytes: Uint8Array, at: number): boolean => {
  const [one, two, three = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (one === 0xe2 && two === 0x80) return three === 0x8c || three === 0x8d;
  return one === 0xef && two === 0xb8 && (three === 0x8e || three === 0x8f);
};

/**
 * The beginning of the character of UTF-8 that the byte belongs to (RFC 3629: up to three bytes follow the first one).
 * Where four of those that follow stand in a row, the last belongs to none, and is a place between two characters.
 */
export const characterStart = (bytes: Uint8Array, at: number): number => {
  for (let start = at; start > at - 4 && start >= 0; start -= 1) if (!follows(bytes[start])) return start;
  return at;
};

const follows = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
