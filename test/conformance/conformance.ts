import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type Judge, runJudge } from "./run-judge.js";

/** One thing that the suite has looked at in a scenario. */
export type Check = z.output<typeof check>;

/** What the suite has found, by scenario. */
export type Findings = ReadonlyMap<string, readonly Check[]>;

export type Suite = Extract<Judge, `conformance${string}`>;

const check = z.object({
  id: z.string(),
  status: z.enum(["SUCCESS", "FAILURE", "WARNING", "SKIPPED", "INFO"]),
  errorMessage: z.string().optional(),
  details: z.looseObject({ message: z.string().optional(), note: z.string().optional() }).optional(),
});

/** The names of the scenarios for servers; with a revision of the protocol, those that it has. */
export const listScenarios = async (suite: Suite, revision?: string): Promise<readonly string[]> => {
  const said = await runJudge(suite, ["list", "--server", ...of(revision)]);
  if (!said.ok) throw new Error(said.stderr);
  return Array.from(said.stdout.matchAll(/^ {2}- ([\w-]+)/gm), ([, name = ""]) => name);
};

/** Runs all scenarios against the server at a URL; with a revision, as its clients talk. */
export const runScenarios = async (suite: Suite, url: URL, revision?: string): Promise<Findings> => {
  const folder = mkdtempSync(join(tmpdir(), "awspipe-conformance-"));
  try {
    const args = ["server", "--url", url.href, "--suite", "all", "--output-dir", folder, ...of(revision)];
    const said = await runJudge(suite, args);
    const findings = new Map(readdirSync(folder).map((name) => [scenarioOf(name), readChecks(join(folder, name))]));
    // It ends with 1 where a check fails too; with nothing found it has not got as far.
    if (findings.size === 0) throw new Error(said.stdout + said.stderr);
    return findings;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const of = (revision: string | undefined): readonly string[] =>
  revision === undefined ? [] : ["--spec-version", revision];

/** The folder of a scenario's results is `server-NAME-TIME`. */
const scenarioOf = (folder: string): string => folder.replace(/^server-/, "").replace(/-\d{4}-\d\d-\d\dT[\w-]+$/, "");

const readChecks = (folder: string): readonly Check[] =>
  z.array(check).parse(JSON.parse(readFileSync(join(folder, "checks.json"), "utf8")));
