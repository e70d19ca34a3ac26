import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AwsOperation } from "./catalogue/command/command.js";
import { readCommand } from "./catalogue/command/read-command.js";
import { planText } from "./check.js";
import { err, ok, type Result } from "./language/result.js";
import { log } from "./log.js";
import { readOperation } from "./policy/aws/read-operation.js";
import { exampleProblems } from "./policy/custom/check-examples.js";
import type { CommandFacts } from "./policy/custom/command-facts.js";
import { loadPolicy } from "./policy/custom/load-policy.js";
import { policyText } from "./policy/custom/policy-text.js";
import { NO_FILES } from "./policy/files.js";
import type { RuleBook } from "./policy/rule-book.js";

/**
 * The rules with the operator's own ones, from a file. Throws, with every line at fault, when the file is not what it
 * should be: a guard that its author meant must not be missing.
 *
 * @param path absolute
 */
export const withPolicyFile = (book: RuleBook, path: string): RuleBook => {
  const text = policyText(path, readBytes(path));
  if (!text.ok) throw new Error(text.error);
  const policy = loadPolicy(text.value, book.catalogue);
  if (!policy.ok) throw new Error(policy.error.join("\n"));
  const problems = exampleProblems(policy.value, (command) => factsOf(command, book));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  for (const message of policy.value.warnings) log({ event: "warning", message });
  return {
    ...book,
    policy: policy.value,
    data: `${book.data} ${createHash("sha256").update(text.value.text).digest("hex")}`,
  };
};

const readBytes = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Error(`${path}:1: cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
};

// A rule may speak of a profile that this server may not use.
const forAnyProfile = ({ globals }: AwsOperation, book: RuleBook): RuleBook => {
  const named = globals.find(({ option }) => option.name === "profile")?.words[0]?.text;
  return named === undefined ? book : { ...book, profiles: [book.profiles[0], named] };
};

/** What rules look at in each aws stage of a command's text; nothing for stages of other programs. */
export const factsOf = (text: string, book: RuleBook): Result<readonly CommandFacts[], string> => {
  const planned = planText(text, book);
  if (!planned.ok) return err(planned.error.message);
  const all: CommandFacts[] = [];
  for (const stage of planned.value.stages.filter(({ arguments: [first] }) => first.text === "aws")) {
    const read = readCommand(
      book.catalogue,
      stage.arguments.map((argument) => argument.text),
    );
    if (!read.ok) return err(read.error.message);
    if (read.value.kind !== "operation") return err("it asks for help");
    const operation = readOperation(read.value, forAnyProfile(read.value, book), NO_FILES(0));
    if (!operation.read.ok) return err(operation.read.error.message);
    all.push(operation.read.value.facts);
  }
  return ok(all);
};
