import { err, ok, type Result } from "../language/result.js";
import type { AwsCatalogue, ValueKind } from "./aws-catalogue.js";
import type { AwsCommand, AwsGlobal, AwsOption, AwsRefusal, AwsValue } from "./aws-command.js";
import { knownCommand } from "./operation-effect.js";
import { resolveOption } from "./resolve-option.js";

/**
 * Reads the argv of an aws stage as the AWS CLI's two parsers do: global options anywhere, then a service, an
 * operation, its options with their values, its operands. What the two readings could disagree about is refused.
 *
 * Problems: `aws-option-unknown`, `aws-option-abbreviated`, `aws-option-repeated`, `aws-option-value`, `aws-word-unclear`,
 * `aws-no-service`, `aws-no-operation`, `aws-name-malformed`, `aws-operand`.
 */
export const readAwsCommand = (catalogue: AwsCatalogue, argv: readonly string[]): Result<AwsCommand, AwsRefusal> => {
  if (argv.length === 2 && argv[1] === "--version") return ok({ kind: "version" });
  const help = helpWords(argv);
  if (help !== undefined) return ok({ kind: "help", words: help });
  const reading = new Reading(catalogue, argv);
  const refusal = reading.read();
  return refusal === undefined ? reading.command() : err(refusal);
};

// `help` counts only as the last word, directly after names; `--help` there means the same to people.
const helpWords = (argv: readonly string[]): readonly string[] | undefined => {
  const last = argv.at(-1);
  if (argv.length > 4 || argv.length < 2 || (last !== "help" && last !== "--help")) return undefined;
  const names = argv.slice(1, -1);
  return names.every(isName) ? [...names, "help"] : undefined;
};

/** A service or an operation: lower-case words joined by hyphens. */
export const isName = (word: string): boolean => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(word);

class Reading {
  private readonly names: AwsValue[] = [];
  private readonly globals: AwsGlobal[] = [];
  private readonly options: (AwsOption & { values: AwsValue[] })[] = [];
  private readonly operands: AwsValue[] = [];
  /** The operation's option that takes the next plain words, and how many more it takes. */
  private open: { option: { values: AwsValue[] }; most: number } | undefined;
  private at = 1;

  private readonly catalogue: AwsCatalogue;
  private readonly argv: readonly string[];

  constructor(catalogue: AwsCatalogue, argv: readonly string[]) {
    this.catalogue = catalogue;
    this.argv = argv;
  }

  read(): AwsRefusal | undefined {
    while (this.at < this.argv.length) {
      const text = this.argv[this.at] ?? "";
      const refusal = text.startsWith("-") ? this.dashed(text) : this.plain(text);
      if (refusal !== undefined) return refusal;
      this.at += 1;
    }
    return undefined;
  }

  command(): Result<AwsCommand, AwsRefusal> {
    const [service, operation] = this.names;
    if (service === undefined) return err(noService);
    if (operation === undefined) return err(noOperation(service));
    const { globals, options, operands } = this;
    return ok({ kind: "operation", service, operation, globals, options, operands });
  }

  private plain(text: string): AwsRefusal | undefined {
    const value = { text, argument: this.at };
    if (this.open !== undefined && this.open.option.values.length < this.open.most) {
      this.open.option.values.push(value);
      return undefined;
    }
    if (this.names.length === 2) return this.operand(value);
    if (!isName(text)) return malformedName(value, this.names.length === 0 ? "service" : "operation");
    this.names.push(value);
    return undefined;
  }

  // Without the operation's own table a bare word after an option could be its value or an operand.
  private operand(value: AwsValue): AwsRefusal | undefined {
    if (this.known() === undefined) return unexpectedOperand(value);
    this.operands.push(value);
    return undefined;
  }

  private dashed(text: string): AwsRefusal | undefined {
    if (this.open !== undefined && this.open.most > this.open.option.values.length && /^-\d+(\.\d+)?$/.test(text))
      return this.plain(text);
    const match = /^--([A-Za-z][A-Za-z0-9-]*)(?:=([\s\S]*))?$/.exec(text);
    if (match === null) return unclearWord(text, this.at);
    const [, name = "", inline] = match;
    const found = resolveOption(this.catalogue, name, this.at);
    if (!found.ok) return found.error;
    return found.value === undefined ? this.own(name, inline) : this.global({ name, option: found.value, inline });
  }

  private global({ name, option, inline }: { name: string; option: AwsGlobal["option"]; inline: string | undefined }) {
    if (this.globals.some((global) => global.name === name)) return repeated(name, this.at);
    const argument = this.at;
    const values = this.globalValues(option.value, inline);
    if (!values.ok) return values.error;
    this.globals.push({ name, option, argument, values: values.value, inline: inline !== undefined });
    // INVARIANT: the CLI takes a global option out of the middle of a list and joins both ends; a word after it would
    // silently become a value of the option before it. Only commands with a known table may go on.
    this.open = undefined;
    return undefined;
  }

  private globalValues(kind: ValueKind, inline: string | undefined): Result<readonly AwsValue[], AwsRefusal> {
    const name = this.argv[this.at] ?? "";
    if (kind === "none") return inline === undefined ? ok([]) : err(flagWithValue(name, this.at));
    if (inline !== undefined) return ok([{ text: inline, argument: this.at }]);
    const next = this.argv[this.at + 1];
    if (next === undefined || next.startsWith("-")) return err(missingValue(name, this.at));
    this.at += 1;
    return ok([{ text: next, argument: this.at }]);
  }

  private own(name: string, inline: string | undefined): AwsRefusal | undefined {
    if (this.names.length < 2) return optionBeforeOperation(name, this.at);
    if (this.options.some((option) => option.name === name)) return repeated(name, this.at);
    const kind = this.known()?.options.find((option) => option.name === name)?.value;
    if (this.known() !== undefined && kind === undefined)
      return unknownOption(name, this.known()?.options.map((option) => option.name) ?? [], this.at);
    if (kind === "none" && inline !== undefined) return flagWithValue(`--${name}`, this.at);
    const values = inline === undefined ? [] : [{ text: inline, argument: this.at }];
    const option = { name, argument: this.at, values, inline: inline !== undefined };
    this.options.push(option);
    this.open = { option, most: inline === undefined ? mostValues(kind) : 0 };
    return undefined;
  }

  private known() {
    return knownCommand(this.catalogue, this.names[0]?.text ?? "", this.names[1]?.text ?? "");
  }
}

const mostValues = (kind: ValueKind | undefined): number => {
  if (kind === undefined) return Number.POSITIVE_INFINITY;
  return kind === "none" ? 0 : 1;
};

const noService: AwsRefusal = {
  code: "aws-no-service",
  message: "`aws` needs a service and an operation",
  hint: "name them, as in `aws s3 ls`, or ask with `aws help`",
  argument: 0,
};

const noOperation = (service: AwsValue): AwsRefusal => ({
  code: "aws-no-operation",
  message: `\`aws ${service.text}\` needs an operation`,
  hint: `list its operations with \`aws ${service.text} help\``,
  argument: service.argument,
});

const malformedName = (value: AwsValue, what: string): AwsRefusal => ({
  code: "aws-name-malformed",
  message: `\`${value.text}\` is no name of ${what === "service" ? "a service" : "an operation"}`,
  hint: "write it in lower case with hyphens, as in `aws ec2 describe-instances`",
  argument: value.argument,
});

const unexpectedOperand = (value: AwsValue): AwsRefusal => ({
  code: "aws-operand",
  message: `\`${value.text}\` stands alone, and no operand is known for this operation`,
  hint: "give every value to an option, as in `aws ec2 describe-instances --instance-ids i-1 i-2`, and put global options last",
  argument: value.argument,
});

const unclearWord = (text: string, argument: number): AwsRefusal => ({
  code: "aws-word-unclear",
  message: `\`${text}\` begins with a hyphen and is no option of the AWS CLI`,
  hint: "spell options in full with two hyphens; a value that begins with a hyphen is written `--option=-value`",
  argument,
});

const repeated = (name: string, argument: number): AwsRefusal => ({
  code: "aws-option-repeated",
  message: `\`--${name}\` is given twice, and the AWS CLI would quietly take the last one`,
  hint: `keep one \`--${name}\``,
  argument,
});

const flagWithValue = (word: string, argument: number): AwsRefusal => ({
  code: "aws-option-value",
  message: `\`${word.split("=", 1)[0]}\` is a flag and takes no value`,
  hint: `write \`${word.split("=", 1)[0]}\` alone`,
  argument,
});

const missingValue = (word: string, argument: number): AwsRefusal => ({
  code: "aws-option-value",
  message: `\`${word}\` needs a value`,
  hint: `write \`${word} VALUE\`, or \`${word}=VALUE\` when the value begins with a hyphen`,
  argument,
});

const optionBeforeOperation = (name: string, argument: number): AwsRefusal => ({
  code: "aws-option-unknown",
  message: `\`--${name}\` stands before the operation and is no global option`,
  hint: `put it after the operation, as in \`aws SERVICE OPERATION --${name}\``,
  argument,
});

const unknownOption = (name: string, known: readonly string[], argument: number): AwsRefusal => ({
  code: "aws-option-unknown",
  message: `\`--${name}\` is no option of this command`,
  hint: `it takes ${known.map((each) => `\`--${each}\``).join(", ")}`,
  argument,
});
