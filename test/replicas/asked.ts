import { isDeepStrictEqual } from "node:util";

/** A request, and what its answer has to be. */
export type Asked = {
  /** No other request has it; commands have it in them, so that an answer to another call is found. */
  readonly number: number;
  readonly method: "tools/call" | "prompts/get" | "resources/read";
  readonly params: Readonly<Record<string, unknown>>;
  /** What the audit log has of it, where it has a line of its own. */
  readonly command: string | undefined;
  /** Gives what is wrong with a result, or nothing. */
  readonly wrong: (result: Readonly<Record<string, unknown>>) => string | undefined;
};

/** What all replicas have to say alike, heard from one of them before. */
export type Known = {
  readonly policy: string;
  /** By what was asked for. */
  readonly texts: Readonly<Record<"help" | "prompt" | "resource", string>>;
};

/** Any request of many, the same one for the same number: nine of ten judge a command and run nothing. */
export const askedFor = (number: number, known: Known): Asked => {
  if (number % 500 === 7) return aws(number);
  if (number % 1000 === 8) return help(number, known);
  if (number % 125 === 9) return prompt(number, known);
  if (number % 125 === 10) return resource(number, known);
  if (number % 20 === 11) return pipeline(number);
  return check(number, known);
};

/** A word that stands in one call alone. */
const word = (number: number): string => `call-${number}-`;

const check = (number: number, { policy }: Known): Asked => {
  const id = word(number);
  const allowed = { verdict: "allow", code: "allowed", message: "every stage is allowed", hint: "", policy };
  const canonical = [
    ["aws", "ec2", "describe-instances", `--filters=Name=tag:Name,Values=${id}`],
    ["head", "--lines=3"],
  ];
  return tool(number, "aws_cli_check", `aws ec2 describe-instances --filters Name=tag:Name,Values=${id} | head -3`, {
    ...allowed,
    canonical,
    effects: ["read", "read"],
  });
};

const pipeline = (number: number): Asked =>
  number % 40 === 11
    ? tool(number, "aws_cli_pipeline", `echo ${word(number)} | tr a-z A-Z`, output(`${word(number).toUpperCase()}\n`))
    : tool(
        ...([number, "aws_cli_pipeline", `echo b${word(number)} a${word(number)} | tr ' ' '\\n' | sort`] as const),
        output(`a${word(number)}\nb${word(number)}\n`),
      );

const aws = (number: number): Asked =>
  tool(
    ...([number, "aws_cli_read", `aws sts get-caller-identity --query "'${word(number)}'" --output text`] as const),
    output(`${word(number)}\n`),
  );

/** A command that a person is asked about: the request comes twice, and is to run once. */
export const approvalFor = (number: number): Asked => ({
  ...ask(number, "tools/call", {
    name: "aws_cli_pipeline",
    arguments: {
      command: `aws sts assume-role --role-arn arn:aws:iam::123456789012:role/r --role-session-name ${word(number)} --query AssumedRoleUser.AssumedRoleId --output text`,
    },
  }),
  wrong: ({ structuredContent }) => {
    // The tool has an output schema with these members.
    const { status, output } = structuredContent as { readonly status: string; readonly output: string };
    return difference([status, output.replace(/^AROA[A-Z0-9]+/, "ROLE")], ["success", `ROLE:${word(number)}\n`]);
  },
});

const output = (text: string) => ({ status: "success", output: text });

/** Every member that is expected has to be there and the same. */
const tool = (number: number, name: string, command: string, expected: Readonly<Record<string, unknown>>): Asked => ({
  number,
  method: "tools/call",
  params: { name, arguments: { command } },
  command,
  wrong: ({ structuredContent }) => {
    // A tool with an output schema gives such an object, or an error, where there is none.
    const data = (structuredContent ?? {}) as Readonly<Record<string, unknown>>;
    const is = Object.fromEntries(Object.keys(expected).map((key) => [key, data[key]]));
    const wrong = difference(is, expected);
    return wrong === undefined ? undefined : `${wrong} in ${JSON.stringify(data)}`;
  },
});

const help = (number: number, { texts }: Known): Asked => ({
  ...ask(number, "tools/call", HELP),
  wrong: (result) => difference(textOf(result), texts.help),
});

const prompt = (number: number, { texts }: Known): Asked => ({
  ...ask(number, "prompts/get", promptFor(word(number))),
  wrong: (result) => difference(textOf(result), texts.prompt.replaceAll(ANY, word(number))),
});

const resource = (number: number, { texts }: Known): Asked => ({
  ...ask(number, "resources/read", RESOURCE),
  wrong: (result) => difference(textOf(result), texts.resource),
});

const ask = (number: number, method: Asked["method"], params: Asked["params"]) => ({
  ...{ number, method, params },
  command: undefined,
});

const HELP = { name: "aws_cli_help", arguments: { service: "s3", command: "ls" } };
const RESOURCE = { uri: "awspipe://utilities" };
const promptFor = (type: string) => ({
  name: "create_resource",
  arguments: { resource_type: type, resource_name: "x" },
});
const ANY = "call-any-";

/** What to ask a replica before, to know what all have to say; each gives a text. */
export const BEFORE = {
  help: { ...ask(0, "tools/call", HELP), wrong: () => undefined },
  prompt: { ...ask(0, "prompts/get", promptFor(ANY)), wrong: () => undefined },
  resource: { ...ask(0, "resources/read", RESOURCE), wrong: () => undefined },
} satisfies Readonly<Record<keyof Known["texts"], Asked>>;

/** The texts of a result of any of the methods. */
export const textOf = ({ content, messages, contents }: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(content ?? messages ?? contents, ["content", "text"]);

const difference = (is: unknown, expected: unknown): string | undefined => {
  if (isDeepStrictEqual(is, expected)) return undefined;
  const [got, right] = [JSON.stringify(is) ?? "", JSON.stringify(expected)];
  const at = [...right].findIndex((character, index) => character !== got[index]);
  return `is …${got.slice(at - 20, at + 200)}, not …${right.slice(at - 20, at + 200)}`;
};
