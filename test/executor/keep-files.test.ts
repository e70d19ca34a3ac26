import { describe, expect, it } from "vitest";
import { keepFiles } from "../../src/executor/keep-files.js";
import type { CompletedRun } from "../../src/executor/run-result.js";
import type { StageSnapshots } from "../../src/executor/stage-snapshots.js";
import { planArgv } from "../../src/plan/plan-argv.js";
import { DEFAULT_STREAMS } from "../../src/plan/streams.js";
import type { CanonicalStage } from "../../src/policy/verdict.js";

const result: CompletedRun = {
  kind: "run",
  ending: "finished",
  stages: [{ name: "xargs", exit: { kind: "exited", code: 0 }, stderr: "", milliseconds: 1, enforced: [] }],
  output: { text: "", bytes: 0, dropped: undefined, spool: undefined },
  milliseconds: 1,
  enforced: [],
  refusedEgress: [],
  files: { written: [], leftOut: [] },
};

const untouched: StageSnapshots = {
  files: () => () => undefined,
  of: () => {
    throw new Error("was looked at");
  },
  take: async () => {
    throw new Error("was taken");
  },
  remove: async () => undefined,
};

describe("keepFiles", () => {
  it("leaves the files of an xargs stage to its runs", async () => {
    const [command] = planArgv(["aws", "s3", "cp", "s3://reports/june.txt", "june.txt"]).stages;
    const stage: CanonicalStage = {
      kind: "xargs",
      argv: ["xargs", "aws", "s3", "cp", "s3://reports/june.txt", "june.txt"],
      call: {
        separator: { kind: "words" },
        replace: undefined,
        maxItems: undefined,
        maxLines: undefined,
        parallel: 1,
        skipsEmpty: false,
        traces: false,
        command: 1,
      },
      command,
      effects: ["read"],
      files: [{ path: "/workspace/june.txt", how: "write", sha256: undefined }],
      streams: DEFAULT_STREAMS,
    };
    expect(await keepFiles([stage], result, untouched)).toEqual({ written: [], leftOut: [] });
  });
});
