import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Engine, EngineAnswer } from "../../../src/engine.js";
import { type Bench, benchMachine } from "../../executor/bench-machine.js";
import { makeRecordingAws, type RecordingAws } from "../approval-aws.js";
import { call, codeOf, limited } from "./limit-bench.js";

const KEYS = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_REGION: "us-east-1" };

/** An engine whose AWS CLI remembers what was started, for the tests of one file. */
export type WritesBench = {
  readonly aws: () => RecordingAws;
  readonly bench: () => Bench;
  /** An engine that may start so many commands that change something. */
  readonly fresh: (writes: number) => Engine;
  /** The aws commands that have started since the test began. */
  readonly started: () => readonly string[];
};

export const writesBench = (): WritesBench => {
  let made: { readonly aws: RecordingAws; readonly bench: Bench } | undefined;
  let before = 0;
  const parts = () => {
    if (made === undefined) throw new Error("asked before the tests of the file have begun");
    return made;
  };
  beforeAll(() => {
    const aws = makeRecordingAws();
    made = { aws, bench: benchMachine({ cli: aws.path, operator: KEYS }) };
  });
  afterAll(() => {
    parts().bench.remove();
    parts().aws.remove();
  });
  beforeEach(() => {
    before = parts().aws.calls().length;
  });
  return {
    aws: () => parts().aws,
    bench: () => parts().bench,
    fresh: (writes) => limited(parts().bench.engine, { writes }),
    started: () =>
      parts()
        .aws.calls()
        .slice(before)
        .map((argv) => argv.join(" ")),
  };
};

/** A command that changes something, and may be one of several in a text. */
export const make = (name: string) => `aws s3 mb s3://${name}`;

export const run = (engine: Engine, text: string) => engine.run(text, call());

/** What became of each pipeline of a text, in the order of ending. */
export const several = (answer: EngineAnswer) => {
  if (answer.kind !== "ran-several") throw new Error(codeOf(answer));
  return answer.ends.map(({ command, end }) => [command, end.kind === "refused" ? end.checked.code : end.kind]);
};

/** The hint of every refusal where nothing is left. */
export const READS =
  "reads still run; for more a person runs it, or the operator starts the server with a larger AWS_MCP_MAX_WRITES";
