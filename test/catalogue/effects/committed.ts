import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { KnownCommand } from "../../../src/catalogue/generate/effect-argument-rules.js";
import type { EffectSubject } from "../../../src/catalogue/generate/effect-subject.js";
import { parseServiceTable } from "../../../src/catalogue/parse-service-table.js";
import type { TextFile } from "../../../src/catalogue/read-yaml.js";
import type { Catalogue, OperationTable, ServiceTable } from "../../../src/catalogue/service-table.js";

const root = join(import.meta.dirname, "../../..");

/** A file of `security/` as it is committed. */
export const securityFile = (name: string): TextFile => ({
  name: `security/${name}`,
  text: readFileSync(join(root, "security", name), "utf8"),
});

const folder = join(root, "grammar/aws/services");
const tables = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .map((file): [string, ServiceTable] => {
      const name = basename(file, ".txt");
      return [name, parseServiceTable(name, readFileSync(join(folder, file), "utf8"))];
    }),
);

const globals = tables.get("aws")?.operation("");
if (globals === undefined) throw new Error(`${folder} has no global options`);
tables.delete("aws");

/** The catalogue as it is committed, without the build's copy of it. */
export const catalogue: Catalogue = {
  version: "committed",
  services: [...tables.keys()],
  globals,
  service: (name) => tables.get(name),
};

/** Every command of the catalogue. */
export const operations: readonly OperationTable[] = [...tables.values()].flatMap((table) =>
  table.names.flatMap((name) => table.operation(name) ?? []),
);

/** Every API operation and waiter, as the generator hands them to `compileEffects`. */
export const subjects: readonly EffectSubject[] = operations.flatMap(({ service, name, call, levels, secrets }) =>
  call.kind === "custom" ? [] : [{ service, operation: name, kind: call.kind, levels, secrets }],
);

/** Every command with its options, as the generator hands them to `readArgumentRules`. */
export const commands: readonly KnownCommand[] = operations.map(({ service, name, options }) => ({
  service,
  operation: name,
  options: new Set([...options.keys(), ...catalogue.globals.options.keys()]),
}));
