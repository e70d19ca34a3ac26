import type { OperationTable } from "../../catalogue/service-table.js";
import type { RuleBook } from "../../policy/rule-book.js";
import type { Service } from "./find-service.js";
import type { Step } from "./prompt.js";
import { rowFor } from "./service-page.js";

const MOST = 6;

/**
 * What can be asked of a service without knowing anything: its operations that read, need no option and have no secret
 * in their answer. What lists and describes comes before what gets settings, short names before long ones, since AWS names
 * what a service is about shortly (`list-clusters`) and what belongs to it at length.
 *
 * @param more options for each, with a blank before them
 */
export const genericReads = (service: Service, book: RuleBook, more = ""): readonly string[] => {
  const { word } = service;
  const table = book.catalogue.service(word);
  const names = table?.names.filter((name) => /^(?:list|describe|get)-[a-z0-9-]+$/.test(name)) ?? [];
  const known = rowFor(KNOWN_READS, service) ?? [];
  const found = names
    .flatMap((name) => table?.operation(name) ?? [])
    .filter(
      (operation) =>
        asksNothing(operation) && !wantsOne(operation) && book.effects.of(word, operation.name)?.effect === "read",
    )
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
  return [...new Set([...known, ...found])].slice(0, MOST).map((each) => `aws ${word} ${each}${more}`);
};

/** What has to be asked first where it needs an option, or where other operations have shorter names. */
const KNOWN_READS: Readonly<Record<string, readonly string[]>> = {
  "cognito-idp": ["list-user-pools --max-results 60"],
  kinesis: ["list-streams"],
  wafv2: ["list-web-acls --scope REGIONAL"],
  workspaces: ["describe-workspaces"],
};

const asksNothing = ({ call, options, operands }: OperationTable): boolean =>
  call.kind === "api" && operands.length === 0 && [...options.values()].every(({ required }) => !required);

/**
 * Whether an operation wants one thing to be named although no option of it is required. What describes or gets one has
 * options for its name. What lists has several ways to name what the list belongs to, as `kinesis list-shards` takes the
 * name or the ARN of a stream; one such way alone, and the name of what is listed, only filter.
 */
const wantsOne = ({ name, options }: OperationTable): boolean => {
  const naming = [...options.keys()].filter((option) => NAMING.test(option) && !OTHERWISE.test(option));
  return isOfMany(name) ? naming.filter((option) => !isOwn(option, name)).length > 1 : naming.length > 0;
};

const NAMING = /^(?:.*-)?(?:name|arn|id|identifier)$/;

// Where a page starts, what filters, and whose account or catalogue it is: one's own where nothing is said.
const OTHERWISE = /^(?:exclusive|next|start|last|by|filter)-|-(?:by|of)-|^(?:(?:aws-)?account|catalog|registry)-id$/;

const isOwn = (option: string, name: string): boolean => {
  const subject = option.replace(/-?(?:name|arn|id|identifier)$/, "");
  return subject === "" || name.replace(/^[a-z]+-/, "").startsWith(subject);
};

const isOfMany = (name: string): boolean =>
  name.startsWith("list-") || (name.endsWith("s") && !/(?:ss|us|sis|alias)$/.test(name));

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
