import type { EngineAnswer } from "../../src/engine.js";
import { statusOfResult } from "../../src/executor/status-of.js";
import type { Bench } from "../executor/bench-machine.js";
import type { ShellResult } from "./bash.js";

/** What the engine made of a text: what a shell would have printed and its status, or the code of a refusal. */
export type Ran = ShellResult | { readonly refused: string };

export const runText = async ({ engine }: Pick<Bench, "engine">, text: string): Promise<Ran> => {
  const answer = await engine.run(text, {
    milliseconds: 20_000,
    signal: new AbortController().signal,
    sink: undefined,
  });
  return ranOf(answer);
};

const ranOf = (answer: EngineAnswer): Ran => {
  switch (answer.kind) {
    case "refused":
    case "ask":
      return { refused: answer.checked.code };
    case "ran": {
      const { result } = answer;
      if (result.kind === "failure") return { refused: result.code };
      const stopped = result.stages.find((stage) => stage.stopped !== undefined)?.stopped;
      if (stopped !== undefined) return { refused: stopped.code };
      return { stdout: result.output.text, status: statusOfResult(result) };
    }
    case "ran-several": {
      for (const { end } of answer.ends) {
        if (end.kind === "refused") return { refused: end.checked.code };
        if (end.kind === "failure") return { refused: end.code };
        const stopped =
          end.kind === "run" ? end.stages.find((stage) => stage.stopped !== undefined)?.stopped : undefined;
        if (stopped !== undefined) return { refused: stopped.code };
      }
      const texts = answer.ends.flatMap(({ end, isInner }) =>
        end.kind === "run" && !isInner ? [end.output.text] : [],
      );
      return { stdout: texts.join(""), status: answer.status ?? -1 };
    }
  }
};
