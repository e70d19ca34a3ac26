import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import type { AwsCatalogue } from "./aws-catalogue.js";
import { COMPILED, writeCompiled } from "./compiled.js";

const name = z.string().regex(/^[a-z][a-z0-9-]*$/);
const value = z.enum(["none", "text", "integer", "region", "one-of", "optional"]);
const effect = z.enum([
  "read",
  "write",
  "sensitive-read",
  "egress",
  "destroy",
  "execute",
  "permissions",
  "disarm",
  "local",
  "unknown",
]);
const operations = z.record(name, z.array(name).min(1));

const globalsFile = z.strictObject({
  because: z.string(),
  options: z.array(
    z.strictObject({
      name,
      value,
      choices: z.array(z.string()).optional(),
      refuse: z.string().optional(),
      instead: z.string().optional(),
      floor: z.enum(["endpoint", "profile"]).optional(),
    }),
  ),
});

const operationsFile = z.strictObject({
  because: z.string(),
  "read-verbs": z.array(name),
  sensitive: z.array(
    z.strictObject({
      service: z.string(),
      operation: z.string(),
      because: z.string(),
      except: z.array(name).optional(),
    }),
  ),
  "secret-answers": operations,
  "outfile-answers": operations,
  "local-services": z.array(name),
  options: z.array(z.strictObject({ name, effect, because: z.string() })),
  "host-options": z.array(z.strictObject({ name, pattern: z.string() })),
  commands: z.array(
    z.strictObject({
      service: name,
      operation: name,
      options: z.array(z.strictObject({ name, value })),
      operands: z.strictObject({ pattern: z.string(), most: z.int(), what: z.string() }),
    }),
  ),
});

/** Reads `globals.yaml` and `operations.yaml` as texts. Throws where they are not as the schema has them. */
export const parseCatalogue = (globals: string, operations: string): AwsCatalogue => {
  const { options } = globalsFile.parse(parse(globals));
  const read = operationsFile.parse(parse(operations));
  return {
    globals: options,
    readVerbs: read["read-verbs"],
    sensitive: read.sensitive,
    secretAnswers: read["secret-answers"],
    outfileAnswers: read["outfile-answers"],
    localServices: read["local-services"],
    options: read.options,
    hostOptions: read["host-options"],
    commands: read.commands,
  };
};

const main = (): void => {
  const text = (file: string): string =>
    readFileSync(fileURLToPath(new URL(`../../grammar/aws/${file}`, import.meta.url)), "utf8");
  writeCompiled(COMPILED, "aws", parseCatalogue(text("globals.yaml"), text("operations.yaml")));
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
