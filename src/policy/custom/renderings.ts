import { withUnknownShown } from "../../plan/unknown.js";
import type { CommandText, TextOption } from "./command-text.js";
import { patternRanks, type Ranks } from "./pattern-ranks.js";
import { spellValue } from "./spell-value.js";
import { type Spelling, spellingsFor } from "./spelling.js";

/**
 * The one line that stands for a command: `aws SERVICE OPERATION operands --option value --profile NAME`, words in
 * single quotes where a shell would want them. What is not known yet is `$(…)` in it, or `{}`.
 */
export const canonicalLine = ({ name, operands, options }: CommandText): string => {
  const plain: Spelling = { structures: "json", lists: "unwrapped", scalars: "bare", quotes: "needed", joiner: " " };
  const words = options.flatMap((option) =>
    option.words === undefined
      ? optionText(option, plain, new Map())
      : [`--${option.name}`, ...option.words.map((word) => quotedWord(word, "needed"))],
  );
  return withUnknownShown([...name, ...operands.map((word) => quotedWord(word, "needed")), ...words].join(" "));
};

/** How many lines are tried for one pattern in any case, and how many characters if there are more. */
const MOST_LINES = 24;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * Whether some line that means the same as the command passes a test. The lines are written so that a pattern finds in
 * them what it says: what it names stands in its order, structured values in the spellings that it may be meant for. So
 * no order, quoting, escape or spelling of the command makes a difference.
 *
 * A long command has more lines than anybody wants to wait for where a pattern names much in many alternatives; what is
 * left over counts as passed.
 */
export const someRendering = (command: CommandText, pattern: string, test: (line: string) => boolean): boolean => {
  const seen = new Set<string>();
  let lines = 0;
  let characters = 0;
  for (const line of renderings(command, pattern)) {
    if (!seen.has(line) && test(line)) return true;
    seen.add(line);
    lines += 1;
    characters += line.length;
    if (lines > MOST_LINES && characters > MOST_CHARACTERS) return true;
  }
  return false;
};

/** The command with nothing quoted and JSON unfolded: all that any of its renderings says. */
export const plainLine = (command: CommandText): string => {
  const [line = ""] = renderings(command, "");
  return line;
};

// The same line may come several times.
function* renderings(command: CommandText, pattern: string): Generator<string> {
  for (const options of readingsFor(pattern, command))
    for (const ranks of patternRanks(pattern, command.names))
      for (const spelling of spellingsFor(pattern, command.isStructured))
        for (const line of layouts({ ...command, options }, spelling, ranks)) yield withUnknownShown(line);
}

// A pattern that looks at `--profile` means the profile, named or not.
const readingsFor = (pattern: string, { readings, effective }: CommandText): CommandText["readings"] =>
  effective.length > 0 && /region|profile|--?(?![a-z])/i.test(pattern)
    ? [...readings, ...readings.map((options) => [...options, ...effective])]
    : readings;

type Layout = Pick<CommandText, "name" | "operands" | "options">;

function* layouts({ name, operands, options }: Layout, spelling: Spelling, ranks: Ranks): Generator<string> {
  const isNamed = (option: TextOption): boolean => ranks.has(option.name);
  const textOf = (some: readonly TextOption[]) => some.flatMap((option) => optionText(option, spelling, ranks));
  const inOrder = options.filter(isNamed).toSorted((a, b) => (ranks.get(a.name) ?? 0) - (ranks.get(b.name) ?? 0));
  const named = textOf(inOrder);
  const others = textOf(options.filter((option) => !isNamed(option)));
  const placed = operands.map((word) => quotedWord(word, spelling.quotes));
  yield [...name, ...placed, ...named, ...others].join(" ");
  if (inOrder.length === 0) return;
  // For a pattern that wants an option at the very end, or before the operands, or a global one before the service.
  yield [...name, ...placed, ...others, ...named].join(" ");
  yield [...name, ...named, ...placed, ...others].join(" ");
  const globals = textOf(inOrder.filter(({ isGlobal }) => isGlobal));
  if (globals.length === 0) return;
  const own = textOf(inOrder.filter(({ isGlobal }) => !isGlobal));
  yield ["aws", ...globals, ...name.slice(1), ...placed, ...own, ...others].join(" ");
}

const optionText = (option: TextOption, spelling: Spelling, ranks: Ranks): readonly string[] => {
  const { name, isFlag, value } = option;
  if (isFlag && value.kind === "boolean" && !value.value) return [`--${name} false`];
  if (isFlag) return name.startsWith("no-") ? [`--${name}`, `--${name.slice(3)} false`] : [`--${name} true`];
  return spellValue(value, spelling, ranks).map((words) => {
    const text = words.map((word) => quotedWord(word, spelling.quotes)).join(" ");
    return words.length === 0 ? `--${name}` : `--${name}${spelling.joiner}${text}`;
  });
};

const quotedWord = (word: string, quotes: Spelling["quotes"]): string => {
  switch (quotes) {
    case "none":
      return word.trim();
    case "needed":
      return /^[\w@%+=:,./-]+$/.test(word) ? word : inSingle(word);
    case "single":
      return inSingle(word);
    case "double":
      return `"${word}"`;
  }
};

const inSingle = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
