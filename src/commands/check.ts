import { type Checked, check } from "../check.js";
import { quoteArgv } from "../language/quote.js";
import { policyHash } from "../policy/policy-hash.js";
import type { RuleBook } from "../policy/rule-book.js";
import { readSettings } from "../settings.js";
import { loadRuleBook } from "../start-engine.js";
import { assumedAccounts } from "./assumed-accounts.js";
import { exitOfVerdict } from "./verdict-exit.js";

/** Judges commands and runs nothing: one as an argument, or many as NDJSON on stdin. */
export const checkCommand = async (args: readonly string[]): Promise<number> => {
  const settings = readSettings(process.env);
  // Where no workspace is named, the verdict is about a place that a server would make.
  const loaded = await loadRuleBook(settings, process.env, settings.AWS_MCP_WORKDIR ?? "/workspace");
  const book = { ...loaded, accounts: assumedAccounts(loaded) };
  if (args[0] === "--stdin" && args.length === 1) return checkStream(book);
  const json = args[0] === "--json";
  const [command, ...rest] = json ? args.slice(1) : args;
  if (command === undefined || rest.length > 0)
    throw new Error("give the command as one argument: awspipe check 'aws s3 ls | wc -l'");
  const checked = check(command, book);
  process.stdout.write(json ? `${JSON.stringify(checked)}\n` : plainText(checked));
  return exitOfVerdict(checked.verdict);
};

/** A verdict as lines for people. */
export const plainText = (checked: Checked): string => {
  const runs = checked.canonical.map(quoteArgv).join(" | ");
  const lines =
    checked.verdict === "allow"
      ? []
      : [`${checked.code}: ${checked.message}`, checked.excerpt, `hint: ${checked.hint}`];
  const canonical = runs === "" ? [] : [`runs: ${runs}`];
  return `${[checked.verdict, ...lines, ...canonical].filter((line) => line !== "").join("\n")}\n`;
};

/** Characters gathered before they are written; one write per line would cost more than judging. */
const BATCH = 65_536;

const checkStream = async (book: RuleBook): Promise<number> => {
  let pending = "";
  for await (const line of lines(process.stdin)) {
    if (line.trim() === "") continue;
    pending += `${JSON.stringify(checkLine(line, book))}\n`;
    if (pending.length < BATCH) continue;
    await written(pending);
    pending = "";
  }
  await written(pending);
  return 0;
};

// readline of newer Node versions ends a line at U+2028 as well, which may stand inside a JSON string.
async function* lines(stream: NodeJS.ReadStream): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    const parts = (rest + String(chunk)).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}

const written = (text: string): Promise<void> => new Promise((resolve) => process.stdout.write(text, () => resolve()));

const checkLine = (line: string, book: RuleBook) => {
  const request = readRequest(line);
  if (request?.command === undefined) return { id: request?.id ?? null, ...unreadable, policy: policyHash(book) };
  return { id: request.id, ...check(request.command, book) };
};

const readRequest = (line: string): { readonly id: unknown; readonly command: string | undefined } | undefined => {
  try {
    const read: unknown = JSON.parse(line);
    if (typeof read !== "object" || read === null) return undefined;
    const command = "command" in read && typeof read.command === "string" ? read.command : undefined;
    return { id: "id" in read ? read.id : null, command };
  } catch {
    return undefined;
  }
};

const unreadable: Omit<Checked, "policy"> = {
  verdict: "problem",
  code: "not-a-request",
  message: "the line is not a JSON object with a `command`",
  hint: 'write one object a line, as in {"id":1,"command":"aws s3 ls"}',
  excerpt: "",
  canonical: [],
  effects: [],
};
