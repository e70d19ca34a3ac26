import { z } from "zod";
import { readYaml, type TextFile } from "../read-yaml.js";

const file = z.strictObject({
  because: z.string(),
  options: z.array(z.strictObject({ name: z.string(), because: z.string(), instead: z.string() })),
});

/** An option that no mode lets through. */
export type RefusedOption = z.output<typeof file>["options"][number];

/** Reads `security/refused-options.yaml`; a name that no command has is a problem. */
export const readRefusedOptions = (source: TextFile, known: ReadonlySet<string>) => {
  const read = readYaml(source, file);
  if (!read.ok) return { options: [], problems: read.problems };
  const { options } = read.value;
  const problems = options.flatMap(({ name }, index) =>
    known.has(name) ? [] : [`${read.where(["options", index, "name"])}: no command has \`--${name}\``],
  );
  return { options, problems };
};
