import { shown } from "../policy/approval/shown.js";

/**
 * The name of a file as it may stand in our own words. Whoever writes objects to a bucket chooses names that commands write:
 * what is not plain is quoted, cut, and nothing in it ends the quotation or looks like a command or a line of ours.
 *
 * @returns at most 250 UTF-16 units; the data has whole names
 */
export const shownName = (name: string): string => {
  if (name.length <= MOST && PLAIN.test(name)) return name;
  const all = quoted(name, MOST);
  return all.length <= 2 * MOST ? all : quoted(name, MOST / 5);
};

/** The names of files in a row, each as it may be shown, and how many more there are. */
export const shownNames = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).map(shownName).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
};

/** Names that are shown in a row. */
export const MOST_NAMES = 20;

/** UTF-16 units of a name that are shown. */
const MOST = 100;

const PLAIN = /^[A-Za-z0-9._/@+=,-]+$/;

const quoted = (name: string, most: number): string => `"${shown(name, most).replace(MARKS, escaped)}"`;

// What ends a quotation, a command or a clause of ours, or begins a line such as `hint: `; not the mark of a hidden secret.
const MARKS = /["`;]|(?<!\[redacted):(?= |$)/g;

const escaped = (mark: string): string => `\\u{${mark.charCodeAt(0).toString(16)}}`;
