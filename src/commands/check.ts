import { type Checked, check, planText } from "../check.js";
import { explain } from "../explain.js";
import { strip } from "../language/strip.js";
import { judge } from "../policy/judge.js";
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
  const [form, command, ...rest] = FORMS.has(args[0] ?? "") ? args : [undefined, ...args];
  if (command === undefined || rest.length > 0)
    throw new Error("give the command as one argument: awspipe check 'aws s3 ls | wc -l'");
  const checked = check(command, book);
  process.stdout.write(form === "--json" ? `${JSON.stringify(checked)}\n` : plainText(checked));
  if (form === "--explain") process.stdout.write(explained(command, book));
  return exitOfVerdict(checked.verdict);
};

const FORMS: ReadonlySet<string> = new Set(["--json", "--explain"]);

const explained = (command: string, book: RuleBook): string => {
  const plan = planText(command, book);
  const notes = strip(command).notes.map((note) => `note: ${note}`);
  const lines = plan.ok ? explain(plan.value, judge(plan.value, book)) : [];
  return [...notes, ...lines].map((line) => `${line}\n`).join("");
};

/** A verdict as lines for people. */
export const plainText = (checked: Checked): string => {
  const lines =
    checked.verdict === "allow"
      ? []
      : [`${checked.code}: ${checked.message}`, checked.excerpt, `hint: ${checked.hint}`];
  const canonical = checked.runs === "" ? [] : [`runs: ${checked.runs}`];
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
  runs: "",
  effects: [],
};
