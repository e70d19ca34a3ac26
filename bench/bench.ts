import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../test/provision/build.js";
import { need } from "../test/provision/found.js";
import { provision } from "../test/provision/provision.js";
import { repository } from "../test/provision/repository.js";
import { say } from "../test/provision/say.js";
import { confinement } from "./confinement.js";
import { connect } from "./connect.js";
import { judging } from "./judging.js";
import { main } from "./main.js";
import { resultsPage } from "./results.js";
import type { Row } from "./row.js";
import { serverStart } from "./server-start.js";
import { smallPipeline } from "./small-pipeline.js";
import { bashSubject, serverSubject } from "./subjects.js";
import { tenGigabytes } from "./ten-gigabytes.js";
import { throughput } from "./throughput.js";

/** Measures everything, prints the page and writes it beside this file; a missed target is not an error. */
async function bench(): Promise<boolean> {
  const { aws, programs } = await provision();
  const bash = need(programs.bash);
  const settings = { AWS_MCP_AWS_CLI: need(aws) };
  const server = await build();
  const starting = await serverStart(server, { ...settings, PATH: process.env.PATH ?? "", HOME: tmpdir() });
  const rows = [
    ...(await pipelines(server, bash, settings)),
    ...starting,
    ...(await confinement(server)),
    ...(await judging(server)),
    ...(await tenGigabytes(server)),
  ];
  const page = await resultsPage(rows, bash);
  writeFileSync(join(repository, "bench", "RESULTS.md"), page);
  process.stdout.write(page);
  return true;
}

async function pipelines(server: string, bash: string, settings: Readonly<Record<string, string>>): Promise<Row[]> {
  const workspace = mkdtempSync(join(tmpdir(), "awspipe-bench-"));
  const connection = await connect(server, { ...settings, AWS_MCP_WORKDIR: workspace });
  const ours = serverSubject(connection);
  const theirs = bashSubject(bash, workspace);
  try {
    say("1 GB through three stages");
    const fast = await throughput(ours, theirs, workspace);
    say("a small pipeline, many times");
    return [...fast, ...(await smallPipeline(ours, theirs, connection.pid))];
  } finally {
    await connection.close();
    rmSync(workspace, { recursive: true, force: true });
  }
}

await main(bench);
