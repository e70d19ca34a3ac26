import { createHash } from "node:crypto";
import { quoteArgv } from "../../language/quote.js";
import { commandLine } from "../command-line.js";
import type { CanonicalStage, Verdict } from "../verdict.js";
import type { Circumstances } from "./circumstances.js";
import { shown } from "./shown.js";

/** What a person is asked, and the digest of everything that an answer covers. */
export type Question = {
  /** For the person: the facts first, then the command. */
  readonly message: string;
  /** SHA-256 over principal, how the commands are joined, canonical argument vectors, redirections, identities, regions, file digests and policy hash. */
  readonly digest: string;
};

/**
 * The question for a verdict of `ask`. Two plans that would run the same have the same digest, whatever their text.
 *
 * @param policy hash of the rules that the verdict is by
 */
export const questionOf = (verdict: Verdict, circumstances: Circumstances, policy: string): Question => {
  const stages = verdict.stages.filter((stage) => stage !== undefined);
  const digest = sha256(JSON.stringify(covered(verdict, stages, circumstances, policy)));
  return { digest, message: messageOf(verdict, stages, circumstances, digest) };
};

/** As much of a digest as a person is shown. */
export const digestShown = (digest: string): string => digest.slice(0, 16);

// Arrays alone: their order is fixed, so that equal content gives equal text.
const covered = (
  { pipelines, steps }: Verdict,
  stages: readonly CanonicalStage[],
  { principal, identities }: Circumstances,
  policy: string,
) => [
  "awspipe approval 2",
  principal,
  policy,
  steps.map(({ when, pipeline }) => [when, pipelines[pipeline]?.stages ?? []]),
  stages.map((stage, index) => [
    stage.kind,
    stage.argv,
    identityOf(identities[index]),
    filesOf(stage),
    [stage.streams.stdin, stage.streams.stdout, stage.streams.stderr],
  ]),
];

const identityOf = (identity: Circumstances["identities"][number]): readonly (string | null)[] =>
  identity === undefined ? [] : [identity.profile, identity.account ?? null, withoutSession(identity.caller)];

// What a role may do is the role's. The name of its session gives no rights, is another one in each replica (that of an ECS
// task or a pod, or one that the CLI has made up for a web identity), and may change whenever the keys are renewed. In a role of IAM Identity
// Center it is the person.
const withoutSession = (caller: string): string => SESSION.exec(caller)?.[1] ?? caller;

const SESSION = /^(arn:[\w-]+:sts::\d{12}:assumed-role\/(?!AWSReservedSSO_)[^/]+)\/[^/]+$/;

const filesOf = (stage: CanonicalStage): readonly unknown[] =>
  stage.kind === "aws"
    ? [stage.region, stage.run, stage.files.map(({ path, how, sha256: digest }) => [path, how, digest ?? null])]
    : stage.files.map(({ path, how, sha256: digest }) => [path, how, digest ?? null]);

const messageOf = (
  verdict: Verdict,
  stages: readonly CanonicalStage[],
  { identities }: Circumstances,
  digest: string,
): string => {
  const asked = verdict.findings.filter(({ decision }) => decision === "ask");
  const facts = stages.flatMap((stage, index) =>
    stage.kind === "aws" && asked.some((finding) => finding.stage === index) ? [factsOf(stage, identities[index])] : [],
  );
  return [
    ...facts,
    ...asked.map(({ message }) => `why: ${shown(message, 400)}`),
    `command: ${commandLine(verdict, (word) => shown(word, 200))}`,
    ...stages.flatMap(fileLines),
    `digest: ${digestShown(digest)}`,
  ].join("\n");
};

const factsOf = (
  { argv, effects, region, operation }: Extract<CanonicalStage, { kind: "aws" }>,
  identity: Circumstances["identities"][number],
): string =>
  [
    `effect: ${effects.join(", ")}`,
    `account: ${identity?.account ?? "unknown"}`,
    `profile: ${shown(identity?.profile ?? "unknown", 64)}`,
    `region: ${shown(region, 64)}`,
    `service: ${shown(argv[1] ?? "", 64)}`,
    `operation: ${shown(operation, 64)}`,
    `as: ${shown(identity?.caller ?? "unknown", 200)}`,
  ].join("\n");

// A folder without a digest is listed as it is when the command runs; the command names it.
const fileLines = (stage: CanonicalStage): readonly string[] =>
  stage.files.flatMap(({ path, how, sha256: digest }) => {
    if (how === "write") return [`writes: ${nameOf(path)}`];
    return digest === undefined ? [] : [`file: ${nameOf(path)} sha256 ${digest.slice(0, 16)}`];
  });

const nameOf = (path: string): string => quoteArgv([shown(path.split("/").at(-1) ?? "", 100)]);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
