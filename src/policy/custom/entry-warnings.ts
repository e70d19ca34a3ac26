import type { Catalogue, OperationTable } from "../../catalogue/service-table.js";
import { inBackticks } from "../../language/visible.js";
import type { DangerousCommand } from "./dangerous-command.js";
import { hasEffect, type SafePattern } from "./safe-pattern.js";

/** Says that an entry of `dangerous_commands` denies no command that there is. */
export const entryWarning = ({ text, where, words }: DangerousCommand, catalogue: Catalogue): string | undefined => {
  const { head, options } = words;
  if (!someTable(head, catalogue, () => true))
    return `${where}: ${inBackticks(text)} names no command of the AWS CLI, so that it denies nothing`;
  const unknown = options.find(
    ({ name }) =>
      !catalogue.globals.options.has(name) && !someTable(head, catalogue, (table) => table.options.has(name)),
  );
  return unknown === undefined
    ? undefined
    : `${where}: no command that ${inBackticks(text)} names has ${inBackticks(`--${unknown.name}`)}, so that it denies nothing`;
};

/** Says that an entry of `safe_patterns` excepts nothing. */
export const safeWarning = (pattern: SafePattern, catalogue: Catalogue): string | undefined => {
  const { text, where, words } = pattern;
  if (!hasEffect(pattern))
    return `${where}: ${inBackticks(text)} does not begin with \`aws\` and a service, so that it has no effect`;
  const wanted = words.head.join(" ");
  const isWhole = ({ service, name }: OperationTable): boolean =>
    wanted.endsWith("-") ||
    `aws ${service} ${name} `.startsWith(`${wanted} `) ||
    wanted.startsWith(`aws ${service} ${name} `);
  return someTable(words.head, catalogue, isWhole)
    ? undefined
    : `${where}: ${inBackticks(text)} names no command of the AWS CLI, so that it has no effect`;
};

/** Whether some command that begins as an entry does, or of which it names the first operands, passes a test. */
export const someTable = (
  head: readonly string[],
  catalogue: Catalogue,
  test: (table: OperationTable) => boolean,
): boolean => {
  const text = head.join(" ");
  return catalogue.services.some((service) => {
    const name = `aws ${service}`;
    if (!name.startsWith(text) && !text.startsWith(`${name} `)) return false;
    const table = catalogue.service(service);
    return table?.names.some((operation) => {
      const line = `${name} ${operation}`.trim();
      if (!line.startsWith(text) && !text.startsWith(`${line} `)) return false;
      const found = table.operation(operation);
      return found !== undefined && (line.startsWith(text) || found.operands.length > 0) && test(found);
    });
  });
};
