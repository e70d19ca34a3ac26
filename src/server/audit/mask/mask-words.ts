import type { Catalogue } from "../../../catalogue/service-table.js";
import { maskAws } from "./mask-aws.js";
import { maskText, type TextKind } from "./mask-text.js";
import type { Masks } from "./masks.js";
import { mayBeSecret, secretNaming } from "./secret-naming.js";

/**
 * The words of one command with its secrets masked, whatever the command is. What stands behind a word `aws` is an aws
 * command, run by xargs or by something that is refused.
 *
 * @param kind how the words of anything else than aws are read
 */
export const maskWords = (
  words: readonly string[],
  catalogue: Catalogue,
  masks: Masks,
  kind: TextKind,
): readonly string[] => {
  const aws = words.findIndex((word) => /(?:^|\/)aws(?:\.exe)?$/.test(word));
  const own = aws < 0 ? words : words.slice(0, aws);
  return [
    ...own.map((word, at) => maskOwn(word, own[at - 2], own[at - 1], masks, kind)),
    ...(aws < 0 ? [] : maskAws(words.slice(aws), catalogue, masks)),
  ];
};

const maskOwn = (
  word: string,
  option: string | undefined,
  name: string | undefined,
  masks: Masks,
  kind: TextKind,
): string => {
  // `jq --arg password …`, and an option that no filter has.
  const isArgument = /^--arg(?:json)?$/.test(option ?? "") && secretNaming(name ?? "") === "secret";
  const isOption = name?.startsWith("--") === true && !name.includes("=") && mayBeSecret(name.slice(2));
  return isArgument || isOption ? masks.hide(word) : maskText(word, masks, kind);
};
