import type { OperationTable, OptionTable } from "../service-table.js";
import type { AwsRefusal, GivenOption } from "./command.js";

/**
 * The required options that are not there. A twin counts: `--no-x` satisfies a required `x`. A skeleton needs none, and
 * `--cli-input-json` may hold them.
 *
 * Problems: `aws-option-missing`.
 */
export const missingRequired = (
  table: OperationTable,
  given: readonly GivenOption[],
  what: string,
): AwsRefusal | undefined => {
  const names = new Set(given.map(({ option }) => option.name));
  if (["generate-cli-skeleton", "cli-input-json", "cli-input-yaml"].some((name) => names.has(name))) return undefined;
  const isGiven = (option: OptionTable): boolean =>
    names.has(option.name) || (option.twin !== undefined && names.has(option.twin));
  const missing = [...table.options.values()]
    .filter((option) => option.required && !isGiven(option))
    .map((option) => option.name);
  const [first] = missing;
  if (first === undefined) return undefined;
  return {
    code: "aws-option-missing",
    message: `${what} needs ${missing.map((name) => `\`--${name}\``).join(", ")}`,
    hint: `add \`--${first} VALUE\`; see \`${what.replaceAll("`", "")} help\``,
    argument: 0,
  };
};
