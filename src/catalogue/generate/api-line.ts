import { operationLevels } from "./access-levels.js";
import { checkClasses, MARK_LETTERS } from "./custom-line.js";
import { type HostMembers, hostMembers } from "./host-members.js";
import { memberMark } from "./member-mark.js";
import { nestedMarks, schemaMarks, writeMarks } from "./nested-marks.js";
import { pairOptions } from "./operation-options.js";
import { encodeValue, type OptionFacts, optionToken, schemaElements, writtenMember } from "./option-tokens.js";
import type { RawArgument, RawCommand } from "./raw-tables.js";
import { secretMembers } from "./secret-members.js";
import { sensitiveMembers } from "./sensitive-members.js";
import type { ApiSources, ServiceSources } from "./service-lines.js";
import { leafOf, type Shape, shapeOf } from "./service-model.js";
import { standardLetter } from "./standard-options.js";
import { streamedMembers } from "./streams.js";

/** An API operation, or a waiter on one, after its name. */
export const apiLine = (sources: ServiceSources, api: ApiSources, operation: string, command: RawCommand): string => {
  const { service, reviewed, actions, problem } = sources;
  const all = command.arguments ?? [];
  checkClasses(sources, `${service} ${operation}`, all);
  const facts = argumentFacts(sources, api, operation, all);
  const paired = pairOptions(all.filter((argument) => standardLetter(argument) === undefined));
  const tokens = paired.map(({ argument, twin }) => [argument, optionToken(argument, twin, facts(argument))] as const);
  const secrets = command.waiter === undefined ? secretMembers(api.model, api.folder, operation, reviewed.secrets) : [];
  const sensitive = sensitiveMembers(api.model, api.folder, operation, reviewed.secrets.also);
  const hostPrefix = api.model.operations[operation]?.endpoint?.hostPrefix;
  if (api.model.operations[operation] === undefined) problem(`${service}: the model has no operation ${operation}`);
  const standard = all.map((argument) => standardLetter(argument) ?? "").join("");
  return [
    command.waiter === undefined ? operation : `~${operation}`,
    operationLevels(reviewed, actions, { service, prefix: api.prefix, operation }),
    ...(standard === "" ? [] : [`/${[...standard].sort().join("")}`]),
    ...tokens.filter(([argument]) => isOperand(argument)).map(([, token]) => `<${token}`),
    ...(secrets.length === 0 ? [] : [`!${secrets.join(",")}`]),
    ...(sensitive.length === 0 ? [] : [`*${sensitive.join(",")}`]),
    ...(hostPrefix === undefined ? [] : [`^${hostPrefix}`]),
    ...tokens.flatMap(([argument, token]) => (isOperand(argument) ? [] : [token])).sort(),
  ].join(" ");
};

const isOperand = (argument: RawArgument): boolean => argument.flags[0] === argument.name;

const argumentFacts = (
  sources: ServiceSources,
  api: ApiSources,
  operation: string,
  all: readonly RawArgument[],
): ((argument: RawArgument) => OptionFacts) => {
  const { reviewed, problem } = sources;
  const of = { folder: api.folder, operation, notRoles: reviewed.notRoles };
  const hosts = hostMembers(
    api.model,
    { folder: api.folder, operation, parameters: api.parameters },
    reviewed.hosts,
    problem,
  );
  const streamed = streamedMembers(api.model, operation, all, (text) => problem(`${sources.service} ${text}`));
  return (argument) => {
    const { serialized } = argument;
    const shape = argument.schema === undefined ? memberShape(api, operation, argument) : undefined;
    const leaf = shape === undefined ? { type: argument.type } : leafOf(api.model, shape.shape);
    const nested =
      shape === undefined
        ? schemaMarks(argument.schema ?? { type: "string" }, of)
        : nestedMarks(api.model, shape.name, of);
    const marks = withHosts(nested, hosts, serialized);
    const read = serialized !== undefined && streamed.has(serialized) ? "i" : undefined;
    const named = memberMark(
      serialized ?? argument.name,
      argument.choices === undefined ? leaf : { type: "integer" },
      of,
    );
    return {
      elements: shape === undefined ? schemaElements(argument.schema) : shapeElements(api, shape.shape),
      mark: classMark(sources, argument) ?? read ?? (named === "y" ? undefined : named),
      host: serialized === undefined ? undefined : hosts.forms.get(serialized),
      known: knownValues(sources, api, shape),
      nested: marks === "" ? undefined : sources.nested.key(shape?.name ?? argument.name.replaceAll("-", "_"), marks),
      member: writtenMember(argument, api.letterCase),
    };
  };
};

type Named = { readonly name: string; readonly shape: Shape };

// The CLI's own arguments have made-up shapes that the model does not know.
const memberShape = ({ model }: ApiSources, operation: string, argument: RawArgument): Named | undefined => {
  const input = model.operations[operation]?.input?.shape;
  const member = input === undefined ? undefined : shapeOf(model, input).members?.[argument.serialized ?? ""];
  return member === undefined || argument.shape === "InputShape"
    ? undefined
    : { name: member.shape, shape: shapeOf(model, member.shape) };
};

const classMark = ({ reviewed }: ServiceSources, argument: RawArgument): string | undefined => {
  const mark = reviewed.classes.find((entry) => entry.class === argument.class)?.mark;
  return mark === undefined ? undefined : MARK_LETTERS[mark];
};

const withHosts = (nested: string, { inside }: HostMembers, member: string | undefined): string => {
  const names = member === undefined ? undefined : inside.get(member);
  if (names === undefined) return nested;
  const hosts = writeMarks(names.map((name) => ["h", name] as const));
  return nested === "" ? hosts : `${nested};${hosts}`;
};

const shapeElements = (api: ApiSources, shape: Shape): readonly string[] => {
  if (shape.type !== "list" || shape.member === undefined) return [];
  const element = shapeOf(api.model, shape.member.shape);
  return [element.type, ...shapeElements(api, element)];
};

const knownValues = ({ values }: ServiceSources, api: ApiSources, found: Named | undefined): string | undefined => {
  if (found === undefined || found.shape.type === "map") return undefined;
  const name = found.shape.type === "list" ? (found.shape.member?.shape ?? found.name) : found.name;
  const { enum: known } = shapeOf(api.model, name);
  return known === undefined ? undefined : values.key(name, known.map(encodeValue).join("|"));
};
