import type { Reviewed } from "./reviewed.js";
import { type ServiceModel, shapeOf } from "./service-model.js";

/** What of an operation's input becomes part of a host: forms by member, and members inside a member. */
export type HostMembers = {
  readonly forms: ReadonlyMap<string, string>;
  readonly inside: ReadonlyMap<string, readonly string[]>;
};

/**
 * Host labels, parameters of the endpoint's URL, and members that only botocore's own code puts there. `problem` is
 * told of each that nobody has read.
 */
export const hostMembers = (
  model: ServiceModel,
  { folder, operation, parameters }: { folder: string; operation: string; parameters: ReadonlySet<string> },
  hosts: Reviewed["hosts"],
  problem: (text: string) => void,
): HostMembers => {
  const forms = new Map<string, string>();
  const inside = new Map<string, readonly string[]>();
  const api = model.operations[operation];
  if (api?.input === undefined) return { forms, inside };
  const reviewed = hosts.members.filter((entry) => entry.model === folder);
  for (const [name, member] of Object.entries(shapeOf(model, api.input.shape).members ?? {})) {
    const known = reviewed.find((entry) => entry.member === name);
    const found = member.hostLabel === true || parameters.has(member.contextParam?.name ?? "");
    if (found && known === undefined)
      problem(`${folder} ${operation}: ${name} chooses the host; review it in aws-hosts.yaml`);
    if (known !== undefined && (found || !foundInModel(model, name, parameters))) forms.set(name, known.form);
  }
  for (const [parameter, { path }] of Object.entries(api.operationContextParams ?? {})) {
    if (!parameters.has(parameter)) continue;
    if (!hosts.paths.some((entry) => entry.model === folder && entry.path === path))
      problem(`${folder} ${operation}: ${path} chooses the host; review it in aws-hosts.yaml`);
    readPath(path, forms, inside);
  }
  return { forms, inside };
};

// A member that the models nowhere say to choose the host was added by a person, for every operation that has it.
const foundInModel = (model: ServiceModel, name: string, parameters: ReadonlySet<string>): boolean =>
  Object.values(model.shapes).some((shape) => {
    const member = shape.members?.[name];
    return member !== undefined && (member.hostLabel === true || parameters.has(member.contextParam?.name ?? ""));
  });

// `keys(RequestItems)` is the keys of a map; of any other path the last names count: `Items[*].[Put.TableName, Get.TableName][]`.
const readPath = (path: string, forms: Map<string, string>, inside: Map<string, readonly string[]>): void => {
  const keys = /^keys\((\w+)\)$/.exec(path);
  if (keys !== null) forms.set(keys[1] ?? "", "arn-keys");
  else
    inside.set(
      /^\w+/.exec(path)?.[0] ?? "",
      [...path.matchAll(/\.(\w+)(?=[\],]|$)/g)].map(([, name = ""]) => name),
    );
};
