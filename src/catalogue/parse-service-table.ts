import { parseOperation } from "./parse-operation.js";
import { markOf, type Shared, splitValues } from "./parse-option.js";
import type { Mark, OperationTable, ServiceModel, ServiceTable } from "./service-table.js";

/** The first words of every file of the catalogue; a reader refuses any other format. */
export const HEADER = "@awspipe-services 1 aws-cli ";

/**
 * A service's file. Only its header is read here; names, shared lines and commands are read when they are asked for,
 * a line at a time, since a file may hold 700 commands and a stage names one.
 */
export const parseServiceTable = (name: string, text: string): ServiceTable => {
  if (!text.startsWith(HEADER)) throw new Error(`the catalogue's file of \`${name}\` has another format; build again`);
  const model = header(text, "@model");
  const shared = sharedOf(text, model?.[4]);
  const found = new Map<string, OperationTable>();
  let names: readonly string[] | undefined;
  return {
    name,
    model: model === undefined ? undefined : modelOf(model),
    get names() {
      names ??= namesOf(text);
      return names;
    },
    operation: (operation) => {
      const known = found.get(operation);
      if (known !== undefined) return known;
      const line = lineOf(text, operation);
      if (line === undefined) return undefined;
      const parsed = parseOperation(name, operation, line, shared);
      found.set(operation, parsed);
      return parsed;
    },
  };
};

// A name of the catalogue begins with a letter or a digit, so no word of a user's finds a header line.
const NAME = /^[a-z0-9][a-z0-9-]*(?: [a-z0-9][a-z0-9-]*)*$/;

const lineOf = (text: string, operation: string): string | undefined => {
  if (operation !== "" && !NAME.test(operation)) return undefined;
  const written = operation === "" ? "." : operation.replaceAll(" ", "/");
  return lineAt(text, `${written} `);
};

const lineAt = (text: string, start: string): string | undefined => {
  const at = text.indexOf(`\n${start}`);
  return at < 0 ? undefined : text.slice(at + 1, text.indexOf("\n", at + 1));
};

const header = (text: string, key: string): readonly string[] | undefined =>
  lineAt(text, `${key} `)
    ?.slice(key.length + 1)
    .split(" ");

const modelOf = ([
  folder = "",
  apiVersion = "",
  signingName = "",
  iamPrefix = "",
]: readonly string[]): ServiceModel => ({
  folder,
  apiVersion,
  signingName,
  iamPrefix: iamPrefix === "-" ? "" : iamPrefix,
});

const namesOf = (text: string): readonly string[] =>
  [...text.matchAll(/^(?!@)\S+/gm)].map(([name]) => (name === "." ? "" : name.replaceAll("/", " ")));

const sharedOf = (text: string, letterCase: string | undefined): Shared => ({
  values: remembered((key) => splitValues(sharedLine(text, `@values ${key} `))),
  nested: remembered((key) => nestedOf(sharedLine(text, `@nested ${key} `))),
  member: letterCase === undefined ? () => undefined : (option) => memberOf(option, letterCase),
});

const sharedLine = (text: string, start: string): string => {
  const line = lineAt(text, start);
  if (line === undefined) throw new Error(`the catalogue has no line \`${start}…\``);
  return line.slice(start.length);
};

const nestedOf = (text: string): ReadonlyMap<string, Mark> =>
  new Map(
    text.split(";").flatMap((group) => {
      const mark = markOf(group.slice(0, 1));
      return group
        .slice(2)
        .split(",")
        .map((member): [string, Mark] => [member, mark]);
    }),
  );

/** `instance-ids` as the service writes it: `InstanceIds` in case `P`, `instanceIds` in case `c`. */
export const memberOf = (option: string, letterCase: string): string => {
  const pascal = option.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
  return letterCase === "P" ? pascal : pascal.slice(0, 1).toLowerCase() + pascal.slice(1);
};

const remembered = <T>(make: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, T>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const made = make(key);
    known.set(key, made);
    return made;
  };
};
