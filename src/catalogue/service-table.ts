/**
 * What the AWS CLI has, as the files `grammar/aws/services/NAME.txt` say it; `grammar/aws/services/README.md` holds
 * their grammar, `read-service-table.ts` reads them and `generate/` makes them.
 */
export type Catalogue = {
  /** The AWS CLI that the data was taken from, as `2.36.12`. */
  readonly version: string;
  /** Every word that may follow `aws`, sorted. */
  readonly services: readonly string[];
  /** The options that stand anywhere, as `--region`. */
  readonly globals: OperationTable;
  /** Reads the service's file on the first call. */
  service(name: string): ServiceTable | undefined;
};

export type ServiceTable = {
  readonly name: string;
  /** The API behind it; nothing for `configure` and other commands of the CLI's own. */
  readonly model: ServiceModel | undefined;
  /**
   * Every command below `aws NAME`, sorted: `describe-instances`, `wait instance-running`, `credential-helper get`, and
   * the empty name where `aws NAME` is itself a command, as `aws login`.
   */
  readonly names: readonly string[];
  operation(name: string): OperationTable | undefined;
};

export type ServiceModel = {
  /** The folder under `botocore/data`, as `application-autoscaling`. */
  readonly folder: string;
  readonly apiVersion: string;
  readonly signingName: string;
  /** The service's prefix in IAM actions, as `s3` for `s3api`; empty where it has none. */
  readonly iamPrefix: string;
};

export type OperationTable = {
  readonly service: string;
  readonly name: string;
  readonly call: Call;
  /** AWS's own access levels of the operation; none means that no level is known. A waiter has those of what it calls. */
  readonly levels: readonly Level[];
  readonly options: ReadonlyMap<string, OptionTable>;
  readonly operands: readonly OptionTable[];
  /** Members of the answer that are secret, as `SecretString`. */
  readonly secrets: readonly string[];
  /** Members of the input whose values belong in no log, as `SecretString`; of structures in it as `.Password`. */
  readonly sensitive: readonly string[];
  /** What the model puts before the host's name, as `{AccountId}.`. */
  readonly hostPrefix: string | undefined;
};

export type Call =
  /** `ec2 describe-instances`: one API operation */
  | { readonly kind: "api"; readonly operation: string }
  /** `ec2 wait instance-running`: an API operation again and again */
  | { readonly kind: "waiter"; readonly operation: string }
  /** `s3 cp`: the CLI's own code, with the effect that `security/aws-custom-commands.yaml` gives it */
  | { readonly kind: "custom"; readonly effect: string };

export type Level = "Read" | "List" | "Write" | "Tagging" | "Permissions";

export type OptionTable = {
  /** Without hyphens before it. */
  readonly name: string;
  readonly type: ValueType;
  /** How many words it takes: a number, or argparse's `?` (none or one), `*` (any), `+` (one or more). */
  readonly words: number | "?" | "*" | "+";
  readonly required: boolean;
  /** The CLI's help does not show it. */
  readonly hidden: boolean;
  /** It may be given again and adds to what was given, as `s3 cp --include`. */
  readonly appends: boolean;
  /** The flag that says the opposite: `no-dry-run` of `dry-run` and the other way round. */
  readonly twin: string | undefined;
  /** The member of the API's input, as `InstanceIds`. */
  readonly member: string | undefined;
  /** The CLI refuses every other value. */
  readonly choices: readonly string[] | undefined;
  /** The values the model knows (of a list: of its elements); the service may know more. */
  readonly known: readonly string[] | undefined;
  readonly mark: Mark | undefined;
  /** Present when the value becomes part of the host that the request goes to: the form it must have. */
  readonly host: HostForm | undefined;
  /** Members inside the option's structure that matter, by their name, at any depth. */
  readonly nested: ReadonlyMap<string, Mark>;
};

export type ValueType =
  | { readonly kind: Scalar }
  /** A flag: it takes no word. */
  | { readonly kind: "flag" }
  | { readonly kind: "list"; readonly element: ValueType };

export type Scalar =
  | "string"
  | "integer"
  | "long"
  | "float"
  /** `true` or `false` as a word: not a flag */
  | "boolean"
  | "timestamp"
  | "blob"
  | "structure"
  | "map";

export type Mark =
  /** names an IAM role or an instance profile that somebody will act as */
  | "role"
  /** a URL, a host or an endpoint that AWS or the CLI will talk to */
  | "url"
  /** an AWS account */
  | "account"
  /** bytes: base64, or `fileb://` */
  | "blob"
  /** the path of a file that the CLI reads, without `file://` */
  | "reads-file"
  /** the path of a file that the CLI writes */
  | "writes-file"
  /** the path of a folder that the CLI reads or writes */
  | "folder"
  /** chooses the host that the request goes to: an ARN, or a plain name without `:` and `/` */
  | "arn-host";

export type HostForm =
  /** one DNS label */
  | "label"
  /** DNS labels with dots between them */
  | "labels"
  /** twelve digits */
  | "account"
  /** an ARN, or a plain name without `:` and `/` */
  | "arn"
  /** the keys of a map, each as `arn` */
  | "arn-keys"
  /** a bucket's name or an access point's ARN or alias */
  | "bucket"
  /** a URL or a host name: nobody but the operator may choose it */
  | "url";
