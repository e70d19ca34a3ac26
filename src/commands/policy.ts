import { readFileSync } from "node:fs";
import { check } from "../check.js";
import { err } from "../language/result.js";
import { oneLine } from "../language/visible.js";
import { exampleProblems } from "../policy/custom/check-examples.js";
import type { CustomPolicy } from "../policy/custom/custom-policy.js";
import { loadPolicy } from "../policy/custom/load-policy.js";
import { policyJsonSchema } from "../policy/custom/policy-schema.js";
import { policyText } from "../policy/custom/policy-text.js";
import type { RuleBook } from "../policy/rule-book.js";
import { factsOf } from "../policy-file.js";
import { readSettings } from "../settings.js";
import { loadRuleBook } from "../start-engine.js";
import { assumedAccounts } from "./assumed-accounts.js";

/** Exit status for a file that is no policy. */
const EXIT_UNREADABLE = 2;

/** What policy authors need: `test FILE` runs a policy's examples and its table of tests, `schema` prints the format. */
export const policyCommand = async (args: readonly string[]): Promise<number> => {
  const [what, file, ...rest] = args;
  if (what === "schema" && file === undefined) return printSchema();
  if (what !== "test" || file === undefined || rest.length > 0)
    throw new Error("name the file, as in `awspipe policy test policy.yaml`, or ask for `awspipe policy schema`");
  const settings = readSettings(process.env);
  const others = { ...settings, AWS_MCP_SECURITY_CONFIG: undefined };
  const book = await loadRuleBook(others, process.env, settings.AWS_MCP_WORKDIR ?? "/workspace");
  const loaded = load(file, book);
  if (loaded.ok) return testPolicy(loaded.value, book);
  print(loaded.error);
  return EXIT_UNREADABLE;
};

const load = (file: string, { catalogue }: RuleBook): ReturnType<typeof loadPolicy> => {
  try {
    const text = policyText(file, readFileSync(file));
    return text.ok ? loadPolicy(text.value, catalogue) : err([text.error]);
  } catch (cause) {
    if (!(cause instanceof Error) || !("code" in cause)) throw cause;
    return err([`${file}:1: cannot be read: ${cause.message}`]);
  }
};

const printSchema = (): number => {
  process.stdout.write(`${JSON.stringify(policyJsonSchema(), undefined, 2)}\n`);
  return 0;
};

const testPolicy = (policy: CustomPolicy, book: RuleBook): number => {
  const rules = { ...book, policy, accounts: assumedAccounts({ ...book, policy }) };
  const wrong = exampleProblems(policy, (command) => factsOf(command, rules));
  const rows = policy.tests.map((test) => rowOf(test, rules));
  const failed = wrong.length + rows.filter(({ problem }) => problem !== undefined).length;
  const examples = policy.rules.flatMap(({ examples: { accepts, refuses } }) => [...accepts, ...refuses]);
  print(policy.warnings.map((warning) => `warning: ${warning}`));
  print(wrong);
  print(rows.flatMap(({ problem }) => problem ?? []));
  print(rows.map(({ line }) => line));
  print([`${examples.length + rows.length - failed} passed, ${failed} failed`]);
  return failed === 0 ? 0 : 1;
};

type Row = { readonly line: string; readonly problem: string | undefined };

const rowOf = ({ command, verdict, code, mode, where }: CustomPolicy["tests"][number], book: RuleBook): Row => {
  const found = check(command, { ...book, mode: mode ?? book.mode });
  const isRight = found.verdict === verdict && (code === undefined || code === found.code);
  const wanted = code === undefined ? verdict : `${verdict} ${code}`;
  const shown = oneLine(command);
  const cells = [isRight ? "ok" : "FAIL", found.verdict, found.code, mode ?? book.mode];
  const widths = [5, 8, 26, 11];
  return {
    line: `${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("")}${shown}`,
    problem: isRight ? undefined : `${where}: \`${shown}\` is ${found.verdict} ${found.code}, and not ${wanted}`,
  };
};

const print = (lines: readonly string[]): void => {
  for (const line of lines) process.stdout.write(`${line}\n`);
};
