import { fitCommand } from "../../../audit/fit-command.js";
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
  const text = shortened(asked)
    .map((each) => maskAsked(each, book, target, masks))
    .join("\n");
  const argvs = shortenedArgvs([...canonical, ...completed]).map((argv) =>
    maskWords(argv, book.catalogue, masks, "program"),
  );
  const [first = "", ...words] = await maskKnown([text, ...argvs.flat()], masks);
  let start = 0;
  const shown = argvs.map(({ length }) => {
    start += length;
    return words.slice(start - length, start);
  });
  return { asked: first, canonical: shown.slice(0, canonical.length), completed: shown.slice(canonical.length) };
};

/** Characters that are looked at: of the texts, whose commands are all in the vectors, and of these; a line has room for no more. */
const MOST = 16_384;
const MOST_OF_VECTORS = 65_536;

const shortened = (texts: readonly string[]): readonly string[] => {
  let left = MOST;
  return texts.map((text) => {
    const shown = text.length <= left ? text : `${text.slice(0, left)} …[${text.length - left} characters left out]…`;
    left -= Math.min(left, text.length);
    return shown;
  });
};

/** Of those that there is no room for stays what they do. */
const shortenedArgvs = (argvs: readonly (readonly string[])[]): readonly (readonly string[])[] => {
  let left = MOST_OF_VECTORS;
  return argvs.map((argv) => {
    const length = argv.reduce((sum, word) => sum + word.length, 0);
    if (length > left) return fitCommand(argv, 0);
    left -= length;
    return argv;
  });
};
