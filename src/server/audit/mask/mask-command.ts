import type { Target } from "../../../check.js";
import { type AskedBook, maskAsked } from "./mask-asked.js";
import { maskKnown } from "./mask-known.js";
import { maskWords } from "./mask-words.js";
import { createMasks } from "./masks.js";

/** What is written down of a command's words. */
export type CommandWords = {
  /** The text as it was sent, or those of a call, line by line. */
  readonly asked: string;
  /** Argument vectors as they were judged. */
  readonly canonical: readonly (readonly string[])[];
  /** Those that the output of other commands has completed, as they started. */
  readonly completed: readonly (readonly string[])[];
};

/**
 * The words of a command as they may be kept for years: without secrets, whatever AWS_MCP_REDACT says. Two commands with
 * the same secret can not be told from two with others of about the same length.
 *
 * Against what is recognised: a password in a place that nothing says is one stays, as `grep hunter2` does.
 */
export const maskCommand = async (
  { asked, canonical, completed }: Omit<CommandWords, "asked"> & { readonly asked: readonly string[] },
  book: AskedBook,
  target: Target | undefined,
): Promise<CommandWords> => {
  const masks = createMasks();
  const text = asked.map((each) => maskAsked(shortened(each), book, target, masks)).join("\n");
  const argvs = [...canonical, ...completed].map((argv) => maskWords(argv, book.catalogue, masks, "program"));
  const [first = "", ...words] = await maskKnown([text, ...argvs.flat()], masks);
  const shown = argvs.map((argv, index) => {
    const start = argvs.slice(0, index).reduce((sum, { length }) => sum + length, 0);
    return words.slice(start, start + argv.length);
  });
  return { asked: first, canonical: shown.slice(0, canonical.length), completed: shown.slice(canonical.length) };
};

/** Characters of a text that are looked at; a line of the log has room for fewer. */
const MOST = 65_536;

const shortened = (text: string): string =>
  text.length <= MOST ? text : `${text.slice(0, MOST)} …[${text.length - MOST} characters left out]…`;
