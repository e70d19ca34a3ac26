import { z } from "zod";
import { EFFECTS } from "../effect.js";

/** The effects a row or a rule may give; `unknown` is what is left where nobody has said anything. */
export const effectName = z.enum(EFFECTS).exclude(["unknown"]);

/** A reason: part of the message that the user reads, after `aws s3api copy-object: `. */
export const reason = z
  .string()
  .min(15, "too short to say why")
  .regex(/^(?:[a-z`]|AWS|IAM)/, "starts with a capital")
  .regex(/[^.\s]$/, "ends with a full stop or a blank")
  .regex(/^[^\n]*$/, "is more than one line");

const pattern = z.string().regex(/^(?:\*|[a-z0-9*][a-z0-9* -]*)$/, "not a name or a pattern with `*`");

/** Names by service: `{ ec2: [terminate-instances], "*": ["delete-*"] }`. */
export const operations = z
  .record(pattern, z.array(pattern).min(1))
  .refine((all) => Object.keys(all).length > 0, "names no operation");

const row = z
  .strictObject({
    effect: effectName,
    lower: z.literal(true).optional(),
    among: z.literal("write").optional(),
    because: reason,
    operations,
    except: operations.optional(),
  })
  .refine(
    ({ lower, operations: names }) => !lower || !JSON.stringify(names).includes("*"),
    "a row that lowers names its operations exactly",
  );

/** `security/effects.yaml` */
export const effectFile = z.strictObject({
  rows: z.array(row).min(1),
  secrets: z.array(z.strictObject({ because: reason, members: z.array(z.string()).min(1).optional(), operations })),
});

export type EffectFile = z.output<typeof effectFile>;
export type EffectRow = EffectFile["rows"][number];
export type Operations = z.output<typeof operations>;
