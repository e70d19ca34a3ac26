import { expect } from "vitest";
import type { PipelineOutput } from "../../src/server/output-schema.js";
import type { Connection } from "./clients.js";

/** Calls of `aws_cli_pipeline` on one server, for tests that look at what came of them. */
export type PipelineCalls = {
  readonly call: (command: string) => Promise<{ readonly text: string; readonly data: PipelineOutput }>;
  /** The output, without its last newline, of a command that must succeed. */
  readonly run: (command: string) => Promise<string>;
  /** The code of a command that must not. */
  readonly refused: (command: string) => Promise<string>;
};

export const pipelineCalls = (server: () => Connection): PipelineCalls => {
  const call: PipelineCalls["call"] = async (command) => {
    const { text, data } = await server().call({ name: "aws_cli_pipeline", arguments: { command } });
    // The server has checked its answer against this very schema.
    return { text, data: data as PipelineOutput };
  };
  return {
    call,
    run: async (command) => {
      const { status, output, error } = (await call(command)).data;
      expect([command, status, error]).toEqual([command, "success", undefined]);
      return output.replace(/\n$/, "");
    },
    refused: async (command) => {
      const { status, output, stages, error } = (await call(command)).data;
      expect([command, status, output, stages]).toEqual([command, "error", "", []]);
      expect(error?.hint).toMatch(/^[a-z][^\n]*[^.\n]$/);
      return error?.code ?? "";
    },
  };
};
