import type { GlobalOption } from "./aws-catalogue.js";

/** An option as it was read; `argument` is the index of its word in the stage's argv, `values` the words it takes. */
export type AwsOption = {
  readonly name: string;
  readonly argument: number;
  readonly values: readonly AwsValue[];
  /** `--name=value`: the value stood in the option's own word. */
  readonly inline: boolean;
};

export type AwsValue = { readonly text: string; readonly argument: number };

/** A global option with its entry in the catalogue. */
export type AwsGlobal = AwsOption & { readonly option: GlobalOption };

/** An aws stage as the AWS CLI reads it. */
export type AwsCommand =
  /** `aws --version` */
  | { readonly kind: "version" }
  /** `aws help`, `aws s3 help`, `aws s3 ls help` */
  | { readonly kind: "help"; readonly words: readonly string[] }
  /** `aws ec2 describe-instances --output json` */
  | {
      readonly kind: "operation";
      readonly service: AwsValue;
      readonly operation: AwsValue;
      readonly globals: readonly AwsGlobal[];
      readonly options: readonly AwsOption[];
      readonly operands: readonly AwsValue[];
    };

/** Why an aws stage was refused; `argument` is the index of the word in the stage's argv. */
export type AwsRefusal = {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly argument: number;
};
