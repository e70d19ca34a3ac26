import type { OperationTable } from "../../catalogue/service-table.js";
import type { RuleBook } from "../../policy/rule-book.js";
import type { Service } from "./find-service.js";
import type { Step } from "./prompt.js";

const MOST = 6;

/**
 * What can be asked of a service without knowing anything: its operations that read, need no option and have no secret
 * in their answer. What lists and describes comes before what gets settings, short names before long ones, since AWS names
 * what a service is about shortly (`list-clusters`) and what belongs to it at length.
 *
 * @param more options for each, with a blank before them
 */
export const genericReads = ({ word }: Service, book: RuleBook, more = ""): readonly string[] => {
  const table = book.catalogue.service(word);
  const names = table?.names.filter((name) => /^(?:list|describe|get)-[a-z0-9-]+$/.test(name)) ?? [];
  return names
    .flatMap((name) => table?.operation(name) ?? [])
    .filter((operation) => asksNothing(operation) && book.effects.of(word, operation.name)?.effect === "read")
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => `aws ${word} ${name}${more}`);
};

const asksNothing = ({ call, options, operands }: OperationTable): boolean =>
  call.kind === "api" && operands.length === 0 && [...options.values()].every(({ required }) => !required);

const rank = ({ name }: OperationTable): number => {
  const verb = ["list", "describe", "get"].indexOf(name.split("-", 1)[0] ?? "");
  return (verb === 2 ? 100 : 0) + (/tags|versions|types|engine|offering|-by-/.test(name) ? 50 : 0) + name.length;
};

/** A step that asks what a service has, by what `genericReads` finds; the help page where that is nothing. */
export const genericStep = (
  say: string,
  service: Service,
  book: RuleBook,
  { look, more }: { readonly look?: string; readonly more?: string } = {},
): Step => {
  const commands = genericReads(service, book, more);
  const help = ` Its operations all want to know what they are about: \`aws_cli_help\` with \`service\` ${service.word} names them.`;
  return { say: commands.length === 0 ? say + help : say, commands, ...(look === undefined ? {} : { look }) };
};
