import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { effectName as effect } from "./effect-schema.js";

const because = z.string().min(1);
const level = z.enum(["Read", "List", "Write", "Tagging", "Permissions"]);
const form = z.enum(["label", "labels", "account", "arn", "bucket", "url"]);
const mark = z.enum(["role", "url", "account", "reads-file", "writes-file", "folder"]);
const secret = z.strictObject({
  model: z.string(),
  member: z.string(),
  operations: z.array(z.string()).optional(),
  because,
});

const files = {
  "aws-iam-prefixes.yaml": z.strictObject({ because, prefixes: z.record(z.string(), z.string()) }),
  "aws-levels.yaml": z.strictObject({
    because,
    levels: z.array(
      z.strictObject({ service: z.string(), levels: z.array(level).min(1), because, operations: z.array(z.string()) }),
    ),
  }),
  "aws-custom-commands.yaml": z.strictObject({
    because,
    groups: z.array(z.string()),
    commands: z.array(
      z.strictObject({
        command: z.string(),
        effect,
        because,
        marks: z.record(z.string(), mark).optional(),
        hosts: z.record(z.string(), form).optional(),
      }),
    ),
  }),
  "aws-hosts.yaml": z.strictObject({
    because,
    members: z.array(z.strictObject({ model: z.string(), member: z.string(), form, because })),
    paths: z.array(z.strictObject({ model: z.string(), path: z.string(), because })),
    handlers: z.array(z.strictObject({ name: z.string(), because })),
  }),
  "aws-roles.yaml": z.strictObject({
    because,
    "not-roles": z.array(
      z.strictObject({ model: z.string(), member: z.string(), except: z.array(z.string()).optional(), because }),
    ),
  }),
  "aws-secret-output.yaml": z.strictObject({ because, also: z.array(secret), not: z.array(secret) }),
  "aws-argument-classes.yaml": z.strictObject({
    because,
    classes: z.array(z.strictObject({ class: z.string(), mark: mark.optional(), because })),
  }),
};

export type SecretEntry = z.infer<typeof secret>;
export type CustomCommand = z.infer<(typeof files)["aws-custom-commands.yaml"]>["commands"][number];
export type NotRole = z.infer<(typeof files)["aws-roles.yaml"]>["not-roles"][number];
export type ReviewedLevel = z.infer<(typeof files)["aws-levels.yaml"]>["levels"][number];

/** What people decided about the AWS CLI, each with its reason: the `aws-*.yaml` files that the generator reads. */
export type Reviewed = {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly levels: readonly ReviewedLevel[];
  readonly groups: readonly string[];
  readonly commands: readonly CustomCommand[];
  readonly hosts: z.infer<(typeof files)["aws-hosts.yaml"]>;
  readonly notRoles: readonly NotRole[];
  readonly secrets: { readonly also: readonly SecretEntry[]; readonly not: readonly SecretEntry[] };
  readonly classes: z.infer<(typeof files)["aws-argument-classes.yaml"]>["classes"];
};

/** Reads the reviewed files. Throws where one is not as its schema has it. */
export const readReviewed = (folder: string): Reviewed => {
  const custom = read(folder, "aws-custom-commands.yaml");
  return {
    prefixes: read(folder, "aws-iam-prefixes.yaml").prefixes,
    levels: read(folder, "aws-levels.yaml").levels,
    groups: custom.groups,
    commands: custom.commands,
    hosts: read(folder, "aws-hosts.yaml"),
    notRoles: read(folder, "aws-roles.yaml")["not-roles"],
    secrets: read(folder, "aws-secret-output.yaml"),
    classes: read(folder, "aws-argument-classes.yaml").classes,
  };
};

const read = <N extends keyof typeof files>(folder: string, name: N): z.infer<(typeof files)[N]> => {
  const parsed = files[name].safeParse(parse(readFileSync(join(folder, name), "utf8")));
  if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
  // `files[name]` is the schema of exactly this N, which TypeScript does not follow through an index.
  return parsed.data as z.infer<(typeof files)[N]>;
};
