import type { OperationTable, OptionTable } from "../service-table.js";

/** A word of the stage; `argument` is its index in the stage's argv. */
export type AwsWord = { readonly text: string; readonly argument: number };

/** An option as it was given, its name resolved to the full one. */
export type GivenOption = {
  readonly option: OptionTable;
  /** Index of the word that names it. */
  readonly argument: number;
  /** Its values; of `--name=value` the one after the sign. */
  readonly words: readonly AwsWord[];
};

/** An operand and the slot that it fills. */
export type GivenOperand = { readonly slot: OptionTable; readonly word: AwsWord };

/** An aws stage as the AWS CLI reads it. */
export type AwsCommand =
  /** `aws --version` */
  | { readonly kind: "version" }
  /** `aws help`, `aws s3 help`, `aws s3 ls help`; `words` are those after `aws` */
  | { readonly kind: "help"; readonly words: readonly string[] }
  | AwsOperation;

/** `aws ec2 describe-instances --output json` */
export type AwsOperation = {
  readonly kind: "operation";
  readonly service: AwsWord;
  /** The words of the operation's name: none for `aws login`, two for `aws ec2 wait instance-running`. */
  readonly path: readonly AwsWord[];
  readonly table: OperationTable;
  readonly globals: readonly GivenOption[];
  readonly options: readonly GivenOption[];
  readonly operands: readonly GivenOperand[];
};

/** Why an aws stage was refused. */
export type AwsRefusal = {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Index of the word at fault in the stage's argv. */
  readonly argument: number;
  /** A piece of that word that is the fault, where it stands in it once. */
  readonly part?: string | undefined;
};
