import type { RawArgument } from "./raw-tables.js";

/** Options that thousands of commands have, by the letter that stands for them; `parse-operation.ts` has the same table. */
const STANDARD: readonly (readonly [string, string, string, string])[] = [
  ["j", "cli-input-json", "CliInputJSONArgument", "string"],
  ["y", "cli-input-yaml", "CliInputYAMLArgument", "string"],
  ["g", "generate-cli-skeleton", "GenerateCliSkeletonArgument", "string"],
  ["t", "starting-token", "PageArgument", "string"],
  ["z", "page-size", "PageArgument", "integer"],
  ["m", "max-items", "PageArgument", "integer"],
];

/** The letter of a standard option; nothing for an option that differs in anything from the standard's. */
export const standardLetter = (argument: RawArgument): string | undefined =>
  STANDARD.find(
    ([, name, kind, type]) =>
      argument.name === name &&
      argument.class.endsWith(`.${kind}`) &&
      argument.type === type &&
      argument.required !== true &&
      argument.undocumented !== true,
  )?.[0];
