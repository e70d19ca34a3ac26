import { wildcard } from "./wildcard.js";

/** Patterns of operations by patterns of services. */
export type NameTable = Readonly<Record<string, readonly string[]>>;

/** A test for the operations that a table names. */
export const operationNames = (table: NameTable): ((service: string, operation: string) => boolean) => {
  const tests = Object.entries(table).map(([service, operations]) => ({
    service: wildcard(service),
    operations: operations.map(wildcard),
  }));
  return (service, operation) =>
    tests.some((each) => each.service(service) && each.operations.some((test) => test(operation)));
};
