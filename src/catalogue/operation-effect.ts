import type { AwsCatalogue, KnownCommand, SensitiveOperation } from "./aws-catalogue.js";
import type { Effect } from "./effect.js";

/** What an operation does, and why it is more than a read. */
export type OperationEffect = { readonly effect: Effect; readonly because: string };

/** The effect of `aws SERVICE OPERATION` by its names alone. */
export const operationEffect = (catalogue: AwsCatalogue, service: string, operation: string): OperationEffect => {
  if (catalogue.localServices.includes(service))
    return { effect: "local", because: "acts on the server's own machine" };
  if (listed(catalogue.outfileAnswers, service, operation))
    return { effect: "unknown", because: "writes its answer into a file" };
  if (listed(catalogue.secretAnswers, service, operation))
    return { effect: "sensitive-read", because: "its answer may hold secrets" };
  const hit = catalogue.sensitive.find((entry) => fits(entry, service, operation));
  if (hit !== undefined) return { effect: "sensitive-read", because: hit.because };
  return byVerb(catalogue, service, operation);
};

/** The command's own entry, when its options are known one by one. */
export const knownCommand = (catalogue: AwsCatalogue, service: string, operation: string): KnownCommand | undefined =>
  catalogue.commands.find((command) => command.service === service && command.operation === operation);

const byVerb = (catalogue: AwsCatalogue, service: string, operation: string): OperationEffect => {
  const verb = operation.split("-", 1)[0] ?? "";
  const read =
    knownCommand(catalogue, service, operation) !== undefined ||
    (operation !== verb && catalogue.readVerbs.includes(verb));
  return read
    ? { effect: "read", because: "a read" }
    : { effect: "unknown", because: "only reads are known to this version" };
};

const listed = (table: Readonly<Record<string, readonly string[]>>, service: string, operation: string): boolean =>
  Object.hasOwn(table, service) && (table[service] ?? []).includes(operation);

const fits = (entry: SensitiveOperation, service: string, operation: string): boolean =>
  matches(entry.service, service) && matches(entry.operation, operation) && !(entry.except ?? []).includes(operation);

// A pattern has few stars and comes from our own data; taking each part at its first place is linear and exact.
const matches = (pattern: string, name: string): boolean => {
  const [head = "", ...tail] = pattern.split("*");
  if (tail.length === 0) return pattern === name;
  if (!name.startsWith(head)) return false;
  const last = tail.pop() ?? "";
  let at = head.length;
  for (const part of tail) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
};
