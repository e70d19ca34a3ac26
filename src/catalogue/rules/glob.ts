import type { Operations } from "../generate/effect-schema.js";

/** How a table of names speaks of an operation: by its very name, by a pattern, or not at all. */
export type Match = "exact" | "pattern" | undefined;

/** The names that a pattern stands for; `*` is any characters, none included. Patterns are our own and hold few stars. */
export const globTest = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll("*", ".*")}$`);

/** A table of names with all that has a say in one service. */
export type ServiceNames = (operation: string) => Match;

export const namesOf = (table: Operations, service: string): ServiceNames | undefined => {
  const exact = new Set(Object.hasOwn(table, service) ? table[service] : []);
  const globs = Object.entries(table)
    .filter(([glob]) => globTest(glob).test(service))
    .flatMap(([, names]) => names.map(globTest));
  if (globs.length === 0) return undefined;
  return (operation) => {
    if (exact.has(operation)) return "exact";
    return globs.some((glob) => glob.test(operation)) ? "pattern" : undefined;
  };
};
