import type { Engine } from "../engine.js";
import { isExecutable } from "../executor/launcher.js";
import type { Machine } from "../executor/machine.js";
import type { CompletedRun } from "../executor/run-result.js";
import { policyHash } from "../policy/policy-hash.js";
import { answerOf } from "../server/answer.js";
import { readSettings, type Settings } from "../settings.js";
import { startEngine } from "../start-engine.js";
import { loadCompiled } from "../utilities/load-compiled.js";
import { version } from "../version.js";
import type { Line } from "./doctor-line.js";
import { auditLine, transportLines } from "./doctor-serving.js";
import { stateLine } from "./doctor-state.js";

/** Prints what was found on this machine, a line each; 0 when everything that a call needs is there, else 1. */
export const doctor = async (): Promise<number> => {
  const settings = readSettings(process.env);
  const started = await startEngine(settings, process.env);
  const { engine, machine, book } = started;
  try {
    const lines = [
      {
        good: true,
        what: "awspipe",
        found: `${version()}, mode ${settings.AWS_MCP_SECURITY_MODE}, Node ${process.version}`,
      },
      { good: true, what: "policy", found: `${policyHash(book)}, ${settings.AWS_MCP_SECURITY_CONFIG ?? "no file"}` },
      await cliLine(engine, machine, book.catalogue.version),
      await helpLine(engine),
      await identityLine(engine),
      ...utilityLines(),
      await confinementLine(machine, settings.AWS_MCP_SANDBOX),
      await egressLine(machine, settings.AWS_MCP_EGRESS),
      ...(await transportLines(settings, machine.now)),
      await auditLine(settings),
      await stateLine(started),
      { good: true, what: "workspace", found: settings.AWS_MCP_WORKDIR ?? "a private directory for each server" },
    ];
    for (const line of lines) process.stdout.write(`${markOf(line)} ${line.what.padEnd(12)} ${line.found}\n`);
    return lines.every(({ good, absent }) => good || absent === true) ? 0 : 1;
  } finally {
    await machine.close();
  }
};

const markOf = ({ good, absent }: Line): string => (good ? "ok     " : absent === true ? "absent " : "MISSING");

const TRY_MILLISECONDS = 30_000;

const tryRun = async (engine: Engine, argv: readonly [string, ...string[]]): Promise<CompletedRun | string> => {
  const answer = await engine.runArgv(argv, {
    milliseconds: TRY_MILLISECONDS,
    signal: new AbortController().signal,
    sink: undefined,
  });
  const { structured } = answerOf(answer);
  if (structured.error !== undefined) return structured.error.message;
  return answer.kind === "ran" && answer.result.kind === "run" ? answer.result : "nothing ran";
};

const cliLine = async (engine: Engine, machine: Machine, known: string): Promise<Line> => {
  const run = await tryRun(engine, ["aws", "--version"]);
  if (typeof run === "string") return { good: false, what: "aws", found: run };
  const says = run.output.text.trim();
  const compared = comparedWithCatalogue(/^aws-cli\/(\d+(?:\.\d+)*)/.exec(says)?.[1] ?? "", known);
  return { good: true, what: "aws", found: `${says}, ${machine.path ?? ""}; ${compared}` };
};

/** What it means that the installed CLI has one version and the catalogue another. */
export const comparedWithCatalogue = (installed: string, known: string): string => {
  const catalogue = `the catalogue is of ${known}`;
  switch (Math.sign(compareVersions(installed, known))) {
    case 0:
      return catalogue;
    case 1:
      return `${catalogue}: this one is newer, and commands that are new in it are refused`;
    case -1:
      return `${catalogue}: this one is older, and commands that it lacks end with a usage error`;
    default:
      return `${catalogue}, and this one's version is no number`;
  }
};

const compareVersions = (a: string, b: string): number => {
  const [left, right] = [a, b].map((text) => text.split(".").map((part) => Number.parseInt(part, 10)));
  const at = [0, 1, 2].find((index) => left?.[index] !== right?.[index]);
  return at === undefined ? 0 : (left?.[at] ?? 0) - (right?.[at] ?? 0);
};

const helpLine = async (engine: Engine): Promise<Line> => {
  const run = await tryRun(engine, ["aws", "s3", "ls", "help"]);
  if (typeof run === "string") return { good: false, what: "aws help", found: run };
  const works = run.output.text.length > 500;
  return { good: works, what: "aws help", found: works ? "works" : "prints nothing; reinstall the AWS CLI or groff" };
};

const identityLine = async (engine: Engine): Promise<Line> => {
  const run = await tryRun(engine, ["aws", "sts", "get-caller-identity", "--query=Arn", "--output=text"]);
  if (typeof run === "string") return { good: false, what: "identity", found: run };
  return { good: true, what: "identity", found: run.output.text.trim() };
};

const utilityLines = (): readonly Line[] =>
  [...loadCompiled().utilities].map(([name, { grammar }]) => {
    const path = grammar.paths.find(isExecutable);
    return { good: path !== undefined, absent: true, what: name, found: path ?? `none of ${grammar.paths.join(", ")}` };
  });

const confinementLine = async (machine: Machine, wanted: Settings["AWS_MCP_SANDBOX"]): Promise<Line> => {
  const { filters, aws, refused } = await machine.confinement();
  const good = wanted === "off" || (filters !== undefined && aws !== undefined);
  const held = `filters: ${filters ?? "nothing"}, aws: ${aws ?? "nothing"}`;
  const why = wanted === "off" ? ["AWS_MCP_SANDBOX is off"] : refused;
  return { good, what: "confinement", found: [held, ...why].join("; ") };
};

const egressLine = async ({ egress }: Machine, wanted: Settings["AWS_MCP_EGRESS"]): Promise<Line> => {
  if (wanted === "off") return { good: true, what: "egress", found: "open: AWS_MCP_EGRESS is off" };
  const reach = await egress.reach("doctor");
  if (!reach.ok) return { good: false, what: "egress", found: reach.error };
  return { good: true, what: "egress", found: `the aws stage is kept to the proxy by ${reach.value.held}` };
};
