import { memberMark } from "./member-mark.js";
import { schemaMarks } from "./nested-marks.js";
import { pairOptions } from "./operation-options.js";
import { type OptionFacts, optionToken, schemaElements } from "./option-tokens.js";
import type { RawArgument, RawCommand } from "./raw-tables.js";
import type { CustomCommand } from "./reviewed.js";
import type { ServiceSources } from "./service-lines.js";

/** The catalogue's letters of the marks that people give. */
export const MARK_LETTERS: Readonly<Record<string, string>> = {
  role: "r",
  url: "u",
  account: "a",
  "reads-file": "i",
  "writes-file": "o",
  folder: "d",
};

/** A command of the CLI's own, after its name: its effect, its operands and its options. */
export const customLine = (sources: ServiceSources, custom: CustomCommand, command: RawCommand): string => {
  const all = command.arguments ?? [];
  for (const name of [...Object.keys(custom.marks ?? {}), ...Object.keys(custom.hosts ?? {})])
    if (!all.some((argument) => argument.name === name))
      sources.problem(`aws-custom-commands.yaml: \`${custom.command}\` has no \`${name}\``);
  checkClasses(sources, custom.command, all);
  const tokens = pairOptions(all).map(({ argument, twin }) => {
    const token = optionToken(argument, twin, customFacts(sources, custom, argument));
    return argument.flags[0] === argument.name ? `<${token}` : token;
  });
  const operands = tokens.filter((token) => token.startsWith("<"));
  const options = tokens.filter((token) => !token.startsWith("<")).sort();
  return [`=${custom.effect}`, "-", ...operands, ...options].join(" ");
};

/** Tells of arguments whose Python class nobody has read. */
export const checkClasses = (sources: ServiceSources, command: string, all: readonly RawArgument[]): void => {
  for (const argument of all)
    if (!sources.reviewed.classes.some((entry) => entry.class === argument.class))
      sources.problem(
        `\`${command} --${argument.name}\` is a ${argument.class}; review it in aws-argument-classes.yaml`,
      );
};

const customFacts = (sources: ServiceSources, custom: CustomCommand, argument: RawArgument): OptionFacts => {
  const of = { folder: "", operation: "", notRoles: [] };
  const marks = argument.schema === undefined ? "" : schemaMarks(argument.schema, of);
  const named = custom.marks?.[argument.name];
  const type = argument.type === "list" ? "string" : argument.type;
  const guessed =
    type === "blob" || argument.choices !== undefined ? undefined : memberMark(argument.name, { type }, of);
  return {
    elements: schemaElements(argument.schema),
    mark: named === undefined ? guessed : MARK_LETTERS[named],
    host: custom.hosts?.[argument.name],
    nested: marks === "" ? undefined : sources.nested.key(custom.command.replaceAll(/[ -]/g, "_"), marks),
  };
};
