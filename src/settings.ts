import { isAbsolute } from "node:path";
import { z } from "zod";
import { EFFECTS } from "./catalogue/effect.js";
import { parseStoreAddress } from "./state/store-address.js";

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    // What is too long for a number is infinite, which zod takes for none.
    .transform((digits) => Math.min(Number(digits), Number.MAX_VALUE))
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
const oneOf = <const Words extends readonly [string, string, ...string[]]>(...words: Words) => {
  const shown = words.map((word) => `\`${word}\``);
  return z.enum(words, { error: `must be ${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}` });
};
const path = z.string().refine(isAbsolute, "must be an absolute path");
const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });

const listOf = (form: RegExp, says: string) =>
  z
    .string()
    .transform((text) => text.split(",").map((name) => name.trim()))
    .pipe(z.array(z.string().regex(form, says)).min(1));
const names = listOf(/^[^\s-][^\n]*$/, "must be a list of names with commas");
const accounts = listOf(/^\d{12}$/, "must be a list of accounts, twelve digits each");
const regions = listOf(/^[a-z0-9*-]+$/, "must be a list of regions or patterns such as `eu-*`");
const store = z.string().superRefine((text, context) => {
  const address = parseStoreAddress(text);
  if (!address.ok) context.addIssue(address.error);
});

const CELLS =
  "must be cells such as `permissions=ask,egress=deny`, each an effect but `local` and `unknown` with `allow`, `ask` or `deny`";
const changeable = z.enum(EFFECTS).exclude(["local", "unknown"], { error: CELLS });
const decision = z.enum(["allow", "ask", "deny"], { error: CELLS });
const cells = z
  .string()
  .transform((text) => text.split(",").map((cell) => cell.trim().split("=")))
  .pipe(z.array(z.tuple([changeable, decision], { error: CELLS })))
  .refine((read) => new Set(read.map(([effect]) => effect)).size === read.length, "must name each effect once")
  .transform((read) => Object.fromEntries(read));

// One row per setting: what it takes, its default as text, and what it does. README.md has the same table, tested.
const rows = {
  AWS_MCP_TIMEOUT: { schema: whole(1, 86_400), default: "300", says: "seconds that a call may take" },
  AWS_MCP_MAX_OUTPUT: { schema: whole(1, 10_000_000), default: "100000", says: "characters of output in an answer" },
  AWS_MCP_MAX_SPOOL: {
    schema: whole(0, 68_719_476_736),
    default: "67108864",
    says: "bytes of output kept as a workspace file when it does not fit",
  },
  AWS_MCP_CONCURRENCY: { schema: whole(1, 256), default: "8", says: "calls of one principal that run at once" },
  AWS_MCP_CALLS_PER_MINUTE: {
    schema: whole(1, 1_000_000),
    default: "600",
    says: "commands of one principal that are run or checked in a minute; each of a fan-out counts",
  },
  AWS_MCP_BYTES_PER_MINUTE: {
    schema: whole(1, 2 ** 50).optional(),
    default: undefined,
    says: "bytes of output that one principal draws in a minute; no bound otherwise",
  },
  AWS_MCP_MAX_FAN_OUT: { schema: whole(1, 100), default: "100", says: "runs that one call may have" },
  AWS_MCP_MAX_WRITES: {
    schema: whole(0, 1_000_000_000).optional(),
    default: undefined,
    says: "aws commands of one principal that change something, in the server's life; no bound otherwise",
  },
  AWS_MCP_TRANSPORT: {
    schema: oneOf("stdio", "streamable-http", "sse"),
    default: "stdio",
    says: "how clients connect: `stdio`, `streamable-http`, or `sse` for clients of the first protocol version",
  },
  AWS_MCP_HOST: { schema: z.string().min(1), default: "127.0.0.1", says: "address that HTTP listens at" },
  AWS_MCP_PORT: { schema: whole(0, 65_535), default: "8000", says: "port that HTTP listens at; `0` any that is free" },
  AWS_MCP_HTTP_AUTH: {
    schema: oneOf("token", "oauth", "none"),
    default: "token",
    says: "how HTTP clients prove who they are: `token`, `oauth`, or `none`, which is for loopback alone",
  },
  AWS_MCP_TOKEN_FILE: {
    schema: path.optional(),
    default: undefined,
    says: "file of bearer tokens, hashed, one a line (`awspipe token NAME` makes one); otherwise a random token is made",
  },
  AWS_MCP_PUBLIC_URL: {
    schema: url.optional(),
    default: undefined,
    says: "URL of the MCP endpoint as clients write it, where a proxy stands in front; OAuth's resource",
  },
  AWS_MCP_OAUTH_ISSUER: {
    schema: url.optional(),
    default: undefined,
    says: "authorization server whose access tokens (JWT) are taken",
  },
  AWS_MCP_OAUTH_AUDIENCE: {
    schema: z.string().min(1).optional(),
    default: undefined,
    says: "audience that a token must be for; otherwise the public URL",
  },
  AWS_MCP_OAUTH_JWKS_URL: {
    schema: url.optional(),
    default: undefined,
    says: "where the issuer's keys are; otherwise its metadata says",
  },
  AWS_MCP_ALLOWED_HOSTS: {
    schema: names.optional(),
    default: undefined,
    says: "host names that requests may be for besides loopback and the public URL's, with commas",
  },
  AWS_MCP_ALLOWED_ORIGINS: {
    schema: listOf(/^https?:\/\/[^/\s]+$/, "must be a list of origins such as `https://app.example.com`").optional(),
    default: undefined,
    says: "origins whose web pages may send requests besides the server's own, with commas",
  },
  AWS_MCP_MAX_BODY: { schema: whole(1024, 67_108_864), default: "1048576", says: "bytes of a request's body" },
  AWS_MCP_HTTP_SESSIONS: {
    schema: oneOf("on", "off"),
    default: "off",
    says: "`on` gives HTTP clients of the 2025 protocols sessions, so that a person can be asked; each is bound to this process",
  },
  AWS_MCP_DRAIN: {
    schema: whole(0, 3600),
    default: "8",
    says: "seconds that calls over HTTP have to end in when the server is told to stop",
  },
  AWS_MCP_AUDIT_LOG: {
    schema: path.optional(),
    default: undefined,
    says: "file of the audit log, one JSON line for each command, or a folder in which each server makes its own; otherwise stderr",
  },
  AWS_MCP_SECURITY_MODE: {
    schema: oneOf("strict", "permissive", "read-only"),
    default: "strict",
    says: "which effects are let through: `strict`, `permissive` or `read-only`",
  },
  AWS_MCP_EFFECTS: {
    schema: cells.optional(),
    default: undefined,
    says: "changes single cells of the mode, as in `permissions=ask,egress=deny`; never `local` and `unknown`",
  },
  AWS_MCP_APPROVAL: {
    schema: oneOf("elicit", "client", "deny"),
    default: "elicit",
    says: "who answers an `ask`: `elicit` a person, through the client; `client` the client confirms every call itself, so that it runs with a warning; `deny` nobody",
  },
  AWS_MCP_STATE: {
    schema: store.optional(),
    default: undefined,
    says: "URL (`redis://`, `rediss://`) of the Redis or Valkey in which several replicas write down which approvals are spent; otherwise an approval counts at the process that asked",
    // It may hold a password.
    isSecret: true,
  },
  AWS_MCP_STATE_KEY_FILE: {
    schema: path.optional(),
    default: undefined,
    says: "file with the key that seals approvals, the same for all replicas (`openssl rand -hex 32` makes one); it and AWS_MCP_STATE need each other",
  },
  AWS_MCP_SECURITY_CONFIG: {
    schema: path.optional(),
    default: undefined,
    says: "file of the operator's own rules, read once at the start",
  },
  AWS_MCP_SANDBOX: {
    schema: oneOf("auto", "required", "off"),
    default: "auto",
    says: "kernel confinement of stages: `auto` what works here, `required` no start without, `off` none",
  },
  AWS_MCP_EGRESS: {
    schema: oneOf("aws", "off"),
    default: "aws",
    says: "what the AWS CLI can reach: `aws` AWS's hosts and the operator's endpoint, through a proxy; `off` everything",
  },
  AWS_MCP_ALLOWED_PROFILES: {
    schema: names.optional(),
    default: undefined,
    says: "profiles that a command may name besides the server's own, with commas",
  },
  AWS_MCP_ALLOWED_ACCOUNTS: {
    schema: accounts.optional(),
    default: undefined,
    says: "accounts that a command may act in, twelve digits each, with commas; AWS is asked whose the keys are before anything runs",
  },
  AWS_MCP_ALLOWED_REGIONS: {
    schema: regions.optional(),
    default: undefined,
    says: "regions that a command may name or run in, with commas, as in `eu-*,us-east-1`",
  },
  AWS_MCP_ALLOWED_TARGETS: {
    schema: names.optional(),
    default: undefined,
    says: "buckets and accounts that are ours, with commas: what goes there is no `egress`",
  },
  AWS_MCP_REDACT: {
    schema: oneOf("on", "off"),
    default: "on",
    says: "`on` hides secrets in what a model reads, `off` does not: against accidents only, since a filter can disguise anything",
  },
  AWS_MCP_WORKDIR: {
    schema: path.optional(),
    default: undefined,
    says: "workspace directory, over HTTP one that all replicas share; a private one is made and removed otherwise",
  },
  AWS_MCP_AWS_CLI: {
    schema: path.optional(),
    default: undefined,
    says: "path of the AWS CLI; otherwise `aws` on the PATH",
  },
  AWS_MCP_ALLOW_V1: { schema: oneOf("0", "1"), default: "0", says: "`1` accepts AWS CLI version 1" },
} as const;

type Rows = typeof rows;

/** What the operator set, typed. */
export type Settings = { readonly [Name in keyof Rows]: z.output<Rows[Name]["schema"]> };

/** Every setting with its default and what it does, for `--help` and the README. */
export const settingRows: readonly { readonly name: string; readonly default: string; readonly says: string }[] =
  Object.entries(rows).map(([name, row]) => ({ name, default: row.default ?? "", says: row.says }));

/**
 * Reads the settings from an environment.
 *
 * Throws on a bad value and on a name with our prefix that is not a setting: a typing error must not switch a guard off.
 */
export const readSettings = (environment: NodeJS.ProcessEnv): Settings => {
  const unknown = Object.keys(environment).filter((name) => name.startsWith("AWS_MCP_") && !Object.hasOwn(rows, name));
  if (unknown.length > 0)
    throw new Error(`${unknown.join(", ")} is no setting of this version; there are ${Object.keys(rows).join(", ")}`);
  const read = Object.entries(rows).map(([name, row]) => [name, readOne(name, row, environment[name] || row.default)]);
  // Every row has put its own name there with the type of its schema.
  return Object.fromEntries(read) as Settings;
};

const readOne = (name: string, row: Rows[keyof Rows], text: string | undefined): unknown => {
  const parsed = row.schema.safeParse(text);
  if (parsed.success) return parsed.data;
  const shown = "isSecret" in row ? name : `${name}=${text ?? ""}`;
  throw new Error(`${shown}: ${[...new Set(parsed.error.issues.map((issue) => issue.message))].join("; ")}`);
};
