import type { Effect } from "./effect.js";

/** How an option's value is read: `none` is a flag, `optional` may stand without one. */
export type ValueKind = "none" | "text" | "integer" | "region" | "one-of" | "optional";

/** One global option of the AWS CLI, from `grammar/aws/globals.yaml`. */
export type GlobalOption = {
  readonly name: string;
  readonly value: ValueKind;
  readonly choices?: readonly string[] | undefined;
  /** Present when no mode and no policy lets the option through: the reason. */
  readonly refuse?: string | undefined;
  /** What to do instead of a refused option. */
  readonly instead?: string | undefined;
  /** A check of its own: `endpoint` must be the operator's, `profile` one of those allowed. */
  readonly floor?: "endpoint" | "profile" | undefined;
};

/** A name or a pattern (`*` is any run of characters) of operations that are more than reads. */
export type SensitiveOperation = {
  readonly service: string;
  readonly operation: string;
  readonly because: string;
  readonly except?: readonly string[] | undefined;
};

/** A command whose options and operands are known one by one, as `s3 ls`. */
export type KnownCommand = {
  readonly service: string;
  readonly operation: string;
  readonly options: readonly { readonly name: string; readonly value: ValueKind }[];
  /** The pattern that each operand must match as a whole, and how many there may be. */
  readonly operands: { readonly pattern: string; readonly most: number; readonly what: string };
};

/** What is known of the AWS CLI, as data from `grammar/aws/`. */
export type AwsCatalogue = {
  readonly globals: readonly GlobalOption[];
  readonly readVerbs: readonly string[];
  readonly sensitive: readonly SensitiveOperation[];
  readonly secretAnswers: Readonly<Record<string, readonly string[]>>;
  readonly outfileAnswers: Readonly<Record<string, readonly string[]>>;
  readonly localServices: readonly string[];
  readonly options: readonly { readonly name: string; readonly effect: Effect; readonly because: string }[];
  readonly hostOptions: readonly { readonly name: string; readonly pattern: string }[];
  readonly commands: readonly KnownCommand[];
};
