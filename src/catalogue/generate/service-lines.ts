import { HEADER } from "../parse-service-table.js";
import { type ActionLevels, iamPrefix } from "./access-levels.js";
import { apiLine } from "./api-line.js";
import { customLine } from "./custom-line.js";
import { hostParameters, readRuleSet } from "./endpoint-parameters.js";
import { type Interned, interned } from "./interned.js";
import type { RawArgument, RawCommand } from "./raw-tables.js";
import type { Reviewed } from "./reviewed.js";
import { readServiceModel, type ServiceModel } from "./service-model.js";

/** Everything that a line is made from. */
export type Sources = {
  readonly version: string;
  /** `awscli/botocore/data` of the CLI. */
  readonly data: string;
  readonly reviewed: Reviewed;
  readonly actions: ActionLevels;
  /** Told of whatever nobody has read; the catalogue is not written then. */
  readonly problem: (text: string) => void;
};

/** One service while its file is written. */
export type ServiceSources = Sources & {
  readonly service: string;
  readonly values: Interned;
  readonly nested: Interned;
  readonly api: ApiSources | undefined;
};

export type ApiSources = {
  readonly folder: string;
  readonly model: ServiceModel;
  readonly prefix: string | undefined;
  /** Parameters of the endpoint's rules that get into its URL. */
  readonly parameters: ReadonlySet<string>;
  /** `P` or `c`: how most members are written. */
  readonly letterCase: string;
  readonly header: string;
};

/** The file of one service. */
export const serviceText = (sources: Sources, service: string, command: RawCommand): string => {
  const api = apiSources(sources, service, command);
  const all = { ...sources, service, api, values: interned("@values"), nested: interned("@nested") };
  const lines = [...commandLines(all, [], command)].sort();
  const header = [`${HEADER}${sources.version}`, ...(api === undefined ? [] : [api.header])];
  return `${[...header, ...all.values.lines(), ...all.nested.lines(), ...lines].join("\n")}\n`;
};

/** The classes of commands that are one API operation, or wait with one. */
const API_CLASSES = new Set(["awscli.clidriver.ServiceOperation", "awscli.customizations.waiters.WaiterStateCommand"]);

const commandLines = (sources: ServiceSources, path: readonly string[], command: RawCommand): readonly string[] => {
  const below = Object.entries(command.commands ?? {}).flatMap(([name, inner]) =>
    commandLines(sources, [...path, name], inner),
  );
  const line = lineOf(sources, path, command);
  return line === undefined ? below : [line, ...below];
};

const lineOf = (sources: ServiceSources, path: readonly string[], command: RawCommand): string | undefined => {
  const { service, reviewed, api, problem } = sources;
  const name = [service, ...path].join(" ");
  const written = path.length === 0 ? "." : path.join("/");
  const custom = reviewed.commands.find((entry) => entry.command === name);
  if (custom !== undefined) return `${written} ${customLine(sources, custom, command)}`;
  const operation = API_CLASSES.has(command.class) ? command.operation : undefined;
  if (operation !== undefined && api !== undefined) return `${written} ${apiLine(sources, api, operation, command)}`;
  const group =
    command.service !== undefined || command.class.endsWith(".WaitCommand") || reviewed.groups.includes(name);
  if (!group) problem(`\`${name}\` (${command.class}) is no API operation; review it in aws-custom-commands.yaml`);
  return undefined;
};

const apiSources = (sources: Sources, service: string, { service: raw, commands = {} }: RawCommand) => {
  if (raw === undefined) return undefined;
  const { loader_name: folder, api_version: version, signing_name: signing } = raw;
  const prefix = iamPrefix(sources.reviewed, service, signing);
  const letterCase = usualCase(Object.values(commands).flatMap((command) => command.arguments ?? []));
  return {
    folder,
    model: readServiceModel(sources.data, folder, version),
    prefix,
    parameters: hostParameters(readRuleSet(sources.data, folder, version)),
    letterCase,
    header: `@model ${folder} ${version} ${signing} ${prefix ?? "-"} ${letterCase}`,
  };
};

const usualCase = (all: readonly RawArgument[]): string => {
  const members = all.flatMap(({ serialized = "" }) => (serialized === "" ? [] : [serialized]));
  return members.filter((member) => /^[A-Z]/.test(member)).length * 2 >= members.length ? "P" : "c";
};
