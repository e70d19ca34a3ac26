import type { AwsRefusal, AwsWord } from "../../catalogue/command/command.js";
import { inBackticks } from "../../language/visible.js";
import { withUnknownShown } from "../../plan/unknown.js";

/** A word as people may see it, what is not known yet as `$(…)` or `{}`. */
const shown = (text: string): string => inBackticks(withUnknownShown(text));

const RUN_FIRST = "run the inner command in a call of its own, then write";

/** A service, an operation or a word of help that comes from the output of other commands. */
export const expandedName = (text: string, argument: number): AwsRefusal => ({
  code: "expansion-program",
  message: `${shown(text)} says what \`aws\` does, and no service and no operation comes from the output of other commands`,
  hint: `${RUN_FIRST} the name out, as in \`aws ec2 describe-instances\``,
  argument,
});

/** A word that is an option, or could be one. */
export const expandedOption = (text: string, argument: number): AwsRefusal => ({
  code: "expansion-option",
  message: `${shown(text)} could be an option, and none comes from the output of other commands`,
  hint: `${RUN_FIRST} the option's name out; its value may be data, as in \`aws ec2 describe-instances --instance-ids "$(…)"\``,
  argument,
});

/** The value of a global option. */
export const expandedGlobal = (name: string, argument: number): AwsRefusal => ({
  code: "expansion-global",
  message: `\`--${name}\` says how and as whom the command runs, and its value does not come from the output of other commands`,
  hint: `${RUN_FIRST} the value out, as in \`--${name} ${EXAMPLES[name] ?? "VALUE"}\``,
  argument,
});

const EXAMPLES: Readonly<Record<string, string>> = {
  region: "us-east-1",
  profile: "default",
  output: "json",
  query: "'Vpcs[].VpcId'",
};

/** A path; `name` is that of its option, nothing of an operand. */
export const expandedPath = (name: string | undefined, { text, argument }: AwsWord): AwsRefusal => ({
  code: "expansion-path",
  message: `${shown(text)} is the name of a file, and none comes from the output of other commands`,
  hint: `${RUN_FIRST} the file's name out, as in \`${spelled(name, "report.csv")}\``,
  argument,
});

/** A value in whose place the CLI would put what is in a file or at an address; `name` as above. */
export const expandedLoad = (name: string | undefined, { text, argument }: AwsWord): AwsRefusal => ({
  code: "expansion-path",
  message: `${shown(text)} may be read as the address of a value, and none comes from the output of other commands`,
  hint: `${RUN_FIRST} the value out, as in \`${spelled(name, /^http/i.test(text) ? "https://example.com/path" : "file://item.json")}\``,
  argument,
});

const spelled = (name: string | undefined, value: string): string =>
  name === undefined ? value : `--${name} ${value}`;

/** A structure, or what would be read as JSON. */
export const expandedStructure = (name: string, { text, argument }: AwsWord): AwsRefusal => ({
  code: "expansion-structure",
  message: `${shown(text)} in \`--${name}\` may hold more than one value, and no structure comes from the output of other commands`,
  hint: `${RUN_FIRST} the whole value of \`--${name}\` out`,
  argument,
});

/** The bucket of an s3 URI. */
export const expandedBucket = ({ text, argument }: AwsWord): AwsRefusal => ({
  code: "expansion-bucket",
  message: `${shown(text)} does not begin with a bucket that is written out`,
  hint: `write it out, as in \`s3://bucket/prefix/\`, or hand the name over where it is a value: \`aws s3api list-objects-v2 --bucket "$(…)"\`, \`… | xargs -n 1 aws s3api list-objects-v2 --bucket\``,
  argument,
});

/** An object without a name that is written out, whose file would be named like it. */
export const expandedDownload = ({ text, argument }: AwsWord): AwsRefusal => ({
  code: "expansion-path",
  message: `the name of the file would be the end of ${shown(text)}, and none comes from the output of other commands`,
  hint: 'name the file, as in `aws s3 cp "s3://bucket/$(…)" report.csv`, or write `-` to see the object',
  argument,
});
