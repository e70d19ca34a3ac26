// A step of the build: `node dist/catalogue/compile-effects.js`, after the services are compiled. Exits with 1 when a
// reviewed file is wrong.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { COMPILED, writeCompiled } from "./compiled.js";
import { type Effect, effectNamed } from "./effect.js";
import { readArgumentRules } from "./generate/effect-argument-rules.js";
import { compileEffects } from "./generate/effect-compile.js";
import type { EffectSubject } from "./generate/effect-subject.js";
import { readRefusedOptions } from "./generate/refused-options.js";
import { readReviewed } from "./generate/reviewed.js";
import type { EffectData } from "./operation-effects.js";
import { openCatalogue } from "./read-service-table.js";
import type { Catalogue, OperationTable } from "./service-table.js";

const SECURITY = fileURLToPath(new URL("../../security/", import.meta.url));

const fileOf = (name: string) => ({
  name,
  text: readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), "utf8"),
});

const tablesOf = (catalogue: Catalogue): readonly OperationTable[] =>
  catalogue.services.flatMap((name) => {
    const service = catalogue.service(name);
    return (service?.names ?? []).flatMap((operation) => service?.operation(operation) ?? []);
  });

const subjectsOf = (tables: readonly OperationTable[]): readonly EffectSubject[] =>
  tables.flatMap(({ service, name, call, levels, secrets }) =>
    call.kind === "custom"
      ? []
      : [{ service, operation: name, kind: call.kind, levels, secrets: call.kind === "waiter" ? [] : secrets }],
  );

const interned = (effects: ReturnType<typeof compileEffects>["effects"]): EffectData => {
  const reasons: string[] = [];
  const numberOf = new Map<string, number>();
  const number = (reason: string): number => {
    const known = numberOf.get(reason) ?? reasons.push(reason) - 1;
    numberOf.set(reason, known);
    return known;
  };
  const operations = Object.fromEntries(
    Object.entries(effects).map(([service, rows]) => [
      service,
      Object.fromEntries(
        Object.entries(rows).map(([name, { effect, because }]) => [name, [effect, number(because)] as const]),
      ),
    ]),
  );
  return { reasons, operations };
};

// Commands of the CLI's own have their effect in a file of its own, by `service operation`.
const withCustom = (effects: ReturnType<typeof compileEffects>["effects"]): typeof effects => {
  const all: Record<string, Record<string, { readonly effect: Effect; readonly because: string }>> = {};
  for (const [service, rows] of Object.entries(effects)) all[service] = { ...rows };
  for (const { command, effect, because } of readReviewed(SECURITY).commands) {
    const [service = "", ...path] = command.split(" ");
    all[service] = { ...all[service], [path.join(" ")]: { effect: effectNamed(effect), because } };
  }
  return all;
};

const catalogue = openCatalogue();
const tables = tablesOf(catalogue);
const globals = [...catalogue.globals.options.keys()];
const compiled = compileEffects(subjectsOf(tables), fileOf("security/effects.yaml"));
const rules = readArgumentRules(
  fileOf("security/argument-rules.yaml"),
  tables.map(({ service, name, options }) => ({
    service,
    operation: name,
    options: new Set([...options.keys(), ...globals]),
  })),
);
const refused = readRefusedOptions(
  fileOf("security/refused-options.yaml"),
  new Set([...globals, ...tables.flatMap(({ options }) => [...options.keys()])]),
);
const problems = [...compiled.problems, ...rules.problems, ...refused.problems];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else {
  writeCompiled(COMPILED, "effects", interned(withCustom(compiled.effects)));
  writeCompiled(COMPILED, "argument-rules", rules.rules);
  writeCompiled(COMPILED, "refused-options", refused.options);
}
