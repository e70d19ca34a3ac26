import { z } from "zod";
import { effectName, operations, reason } from "./effect-schema.js";

const option = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "not a full option name without hyphens before it");
const texts = z.array(z.string()).min(1);
const path = z.string().regex(/^[^.].*[^.]$|^\*$/, "not a path into a value");

const single = z.union([
  z.enum([
    "present",
    "absent",
    "true",
    "false",
    "cidr-open",
    "principal-wildcard",
    "action-wildcard",
    "not-select",
    "bucket-uri",
  ]),
  z.strictObject({ equals: texts }),
  z.strictObject({ like: texts }),
  z.strictObject({ ilike: texts }),
  z.strictObject({ below: z.number() }),
  z.strictObject({ above: z.number() }),
]);
const entry = z.strictObject({
  entry: z.strictObject({ key: z.string(), is: texts, value: z.string(), test: single }),
});

const condition = z
  .strictObject({
    option: option.optional(),
    options: z.array(option).min(2).optional(),
    operand: z.int().min(0).optional(),
    path: path.optional(),
    test: z.union([single, entry]),
  })
  .refine(
    ({ option: one, options: some, operand }) => [one, some, operand].filter((each) => each !== undefined).length === 1,
    "needs one of `option`, `options` and `operand`",
  )
  .refine(({ test, path: place }) => test !== "absent" || place !== undefined, "`absent` needs a `path`");

const rule = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    effect: effectName.exclude(["read", "write", "local"]),
    because: reason,
    operations,
    any: z.array(condition).min(1).optional(),
    all: z.array(condition).min(2).optional(),
    refuses: z.array(z.string().startsWith("aws ")).min(1),
    accepts: z.array(z.string().startsWith("aws ")),
  })
  .refine(({ any, all }) => (any === undefined) !== (all === undefined), "needs one of `any` and `all`");

/** `security/argument-rules.yaml` */
export const argumentFile = z.strictObject({ rules: z.array(rule).min(1) });

export type ArgumentRule = z.output<typeof rule>;
export type ArgumentCondition = z.output<typeof condition>;
export type ArgumentTest = ArgumentCondition["test"];
export type SingleTest = z.output<typeof single>;
