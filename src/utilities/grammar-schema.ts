import { z } from "zod";

const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "not a name of lower-case letters, digits and `-`");
// `---presume-input-pipe` is a full name that begins with a dash; find has `-ignore_readdir_race` and `-newerBt`.
const longName = z.string().regex(/^-?[a-z0-9][A-Za-z0-9_-]*$/, "not a full option name");
const letter = z.string().regex(/^[!-,.-~]$/, "not one character");
const path = z.string().regex(/^\/[!-~]+$/, "not an absolute path");
const sentence = z
  .string()
  .min(10, "too short to say why")
  .refine((text) => !/[.\n]$/.test(text.trim()), "ends with a full stop");
const sign = z.enum(["", "-", "+", "+-"]).default("");
const listed = <T extends z.ZodType>(item: T) =>
  z
    .union([item, z.array(item)])
    .default([])
    .transform((value) => [value].flat() as z.output<T>[]);
const pattern = z.string().refine(compiles, "not a regular expression");

const KINDS = [
  z.strictObject({ kind: z.literal("text") }),
  z.strictObject({ kind: z.literal("regex") }),
  z.strictObject({
    kind: z.literal("integer"),
    min: z.int().min(0).default(0),
    max: z.int().default(Number.MAX_SAFE_INTEGER),
    sign,
  }),
  z.strictObject({ kind: z.literal("count"), sign }),
  z.strictObject({ kind: z.literal("size"), min: z.int(), max: z.int() }),
  z.strictObject({ kind: z.literal("one-of"), of: z.array(words()).min(1), abbreviated: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal("shape"), is: z.string(), pattern, hint: z.string() }),
  z.strictObject({ kind: z.literal("jq-program") }),
  z.strictObject({ kind: z.literal("sed-script") }),
  z.strictObject({ kind: z.literal("awk-program") }),
] as const;

const FILE_KINDS = [
  z.strictObject({ kind: z.literal("workspace-file"), stdin: z.literal(false).optional() }),
  z.strictObject({ kind: z.literal("workspace-folder") }),
  z.strictObject({ kind: z.literal("workspace-output") }),
] as const;

/** A kind without settings may be written as its bare name. */
const spelledOut = (value: unknown): unknown => (typeof value === "string" ? { kind: value } : value);
const plainKind = z.preprocess(spelledOut, z.discriminatedUnion("kind", KINDS));
const anyKind = z.preprocess(spelledOut, z.discriminatedUnion("kind", [...KINDS, ...FILE_KINDS]));

const option = z
  .strictObject({
    long: listed(longName),
    short: listed(letter),
    value: plainKind.optional(),
    values: z.array(plainKind).optional(),
    optional: z.boolean().default(false),
    turns: z.boolean().default(false),
    joins: z.boolean().default(false),
    needs: name.optional(),
    refuse: sentence.optional(),
    hint: z.string().optional(),
  })
  .refine(({ long, short }) => long.length + short.length > 0, "an option needs a name")
  .refine(({ value, values }) => !value || !values, "either `value` or `values`")
  .refine(({ optional, value }) => !optional || value !== undefined, "`optional` needs a `value`")
  .transform(({ value, values, ...rest }) => ({ ...rest, values: values ?? (value ? [value] : []) }));

const operand = z.strictObject({
  name: z.string().regex(/^[a-z ]+$/),
  value: anyKind,
  optional: z.boolean().default(false),
  many: z.boolean().default(false),
  default: z.string().optional(),
  unless: z.array(name).default([]),
  when: z.array(name).optional(),
  plus: z.string().optional(),
  equals: z.string().optional(),
  hint: z.string().optional(),
});

const examples = { because: sentence, accepts: z.array(z.string()).min(3), refuses: z.array(z.string()).min(3) };

/** `grammar/utilities/NAME.yaml`: a utility described option by option. */
export const utilitySchema = z.strictObject({
  utility: name,
  paths: z.array(path).min(1),
  syntax: z.enum(["gnu", "exact", "echo", "predicates", "dash", "plain"]).default("gnu"),
  order: z.enum(["permute", "strict"]).default("permute"),
  terminator: z.boolean().default(true),
  number: z.strictObject({ option: name, place: z.enum(["anywhere", "first", "alone"]) }).optional(),
  negatives: z.boolean().default(false),
  "response-files": z.boolean().default(false),
  reads: z.array(path).default([]),
  adds: z.array(name).default([]),
  scratch: z.boolean().default(false),
  options: z.array(option),
  operands: z.array(operand),
  ...examples,
});

/** A second name of another utility, with flags added, as `egrep` is `grep -E`. */
export const aliasSchema = z.strictObject({ utility: name, runs: name, adds: z.array(name), ...examples });

/** Well-known programs that do not run, each with the way that works. */
export const refusedSchema = z.strictObject({ because: sentence, refused: z.record(z.string(), sentence) });

export type UtilityFile = z.output<typeof utilitySchema>;
export type AliasFile = z.output<typeof aliasSchema>;
export type RefusedFile = z.output<typeof refusedSchema>;

/** A word of a list, or a row of words that mean the same. */
function words() {
  return (
    z
      .union([z.string(), z.array(z.string()).min(1)])
      // A row has a first word: the schema asks for one.
      .transform((value) => [value].flat() as [string, ...string[]])
  );
}

function compiles(text: string): boolean {
  try {
    return new RegExp(`^(?:${text})$`, "su").source !== "";
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
