import type { Span } from "../language/span.js";
import type { ExpandedParts } from "./expanded-parts.js";
import { expandedOption, expandedPath, expandedProgramText } from "./expanded-word.js";
import type { FilledOperand } from "./fill-operands.js";
import type { ReadOption, Slice } from "./reading.js";
import type { UtilityRefusal } from "./refusal.js";
import type { ValueKind } from "./utility-grammar.js";

type Call = {
  readonly argv: readonly string[];
  readonly options: readonly ReadOption[];
  readonly operands: readonly FilledOperand[];
};

/** What a word was read as: from `start` to its end it is one value of this kind. */
type Place = { readonly start: number; readonly kind: ValueKind; readonly isOperand: boolean };

/**
 * The first word in which the output of other commands is more than data. It may be the value of an option or an operand,
 * or a part of one; it may be neither an option nor a program nor a path. So whatever it is, all other words mean the same.
 *
 * Problems: `expansion-option`, `expansion-path`, `expansion-program-text`.
 */
export const judgeExpanded = (call: Call, expanded: ExpandedParts): UtilityRefusal | undefined => {
  const [name = ""] = call.argv;
  for (const [argument, word] of call.argv.entries()) {
    const parts = expanded(argument);
    if (parts.length === 0) continue;
    const place = placeOf(call, argument);
    const isData = place !== undefined && parts.every((part) => isInside(part, place.start, word));
    if (!isData || mayBeOption(word, parts, place)) return expandedOption(name, word, argument);
    const refused = kindRefusal(name, word, argument, place.kind);
    if (refused !== undefined) return refused;
  }
  return undefined;
};

const placeOf = ({ argv, options, operands }: Call, argument: number): Place | undefined => {
  // A value goes on to the end of its word, whatever stands before it there.
  const startOf = ({ text }: Slice): number => (argv[argument] ?? "").length - text.length;
  for (const { option, spelled, values } of options)
    for (const [index, value] of values.entries()) {
      const kind = option.values[index];
      // In `-5` the value is the option's name as well.
      if (value.argument === argument && kind !== undefined && spelled !== `-${value.text}`)
        return { start: startOf(value), kind, isOperand: false };
    }
  const operand = operands.find((each) => each.argument === argument);
  return operand && { start: startOf(operand), kind: operand.value, isOperand: true };
};

const isInside = ({ start, end }: Span, from: number, word: string): boolean =>
  start >= from && start < end && end <= word.length;

// A hyphen that nobody wrote, or letters behind one that somebody wrote; a blank is no letter of an option's name.
const mayBeOption = (word: string, parts: readonly Span[], { start, isOperand }: Place): boolean => {
  if (start > 0 || !word.startsWith("-")) return false;
  const first = Math.min(...parts.map((part) => part.start));
  return first === 0 || (isOperand && !/\s/.test(word.slice(0, first)));
};

const kindRefusal = (name: string, word: string, argument: number, kind: ValueKind): UtilityRefusal | undefined => {
  switch (kind.kind) {
    case "text":
    case "regex":
    case "integer":
    case "count":
    case "size":
    case "one-of":
    case "shape":
      return undefined;
    case "jq-program":
    case "awk-program":
    case "sed-script":
      return expandedProgramText(name, word, argument, DATA[kind.kind]);
    case "workspace-file":
    case "workspace-folder":
    case "workspace-output":
      return expandedPath(name, word, argument);
  }
};

const DATA = {
  "jq-program": "hand the data in as a variable, as in `jq --arg id \"$(…)\" '.[] | select(.Id == $id)'`",
  "awk-program": "hand the data in as a variable, as in `awk -v id=\"$(…)\" '$1 == id'`",
  "sed-script":
    'filter with `grep -F -e "$(…)"`, or run the inner command in a call of its own, then write the value into the script',
} as const;
