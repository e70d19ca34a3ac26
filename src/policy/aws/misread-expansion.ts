import type { AwsRefusal } from "../../catalogue/command/command.js";
import type { Argument } from "../../plan/plan.js";
import { withUnknownShown } from "../../plan/unknown.js";
import { expandedName, expandedOption } from "./expanded-word.js";

/**
 * The refusal of an aws stage that could not be read, as that of an expanded word where one stands in the place of a
 * service, an operation or an option's name.
 *
 * @param words the stage's arguments
 *
 * Problems: `expansion-program`, `expansion-option`, and those of `readCommand`.
 */
export const misreadExpansion = (refusal: AwsRefusal, words: readonly Argument[]): AwsRefusal => {
  const { text = "", expanded: [part] = [] } = words[refusal.argument] ?? {};
  if (part !== undefined && NAMES.has(refusal.code)) return expandedName(text, refusal.argument);
  // Where the name is written out, it is to blame, and not its value.
  const isOption = text.startsWith("-") && part !== undefined && !/^--[^=]+=/.test(text.slice(0, part.start));
  if (isOption) return expandedOption(text, refusal.argument);
  return { ...refusal, message: withUnknownShown(refusal.message), hint: withUnknownShown(refusal.hint) };
};

const NAMES = new Set(["aws-service-unknown", "aws-operation-unknown"]);
