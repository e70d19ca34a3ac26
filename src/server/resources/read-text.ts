import type { EngineAnswer } from "../../engine.js";
import { err, ok, type Result } from "../../language/result.js";
import { errorOf } from "../run-error.js";

/** What a command of the engine's own wrote, or in one line why there is nothing: the code and the message of an answer. */
export const textOf = (answer: EngineAnswer): Result<string, string> => {
  switch (answer.kind) {
    case "refused":
    case "ask":
      return err(`${answer.checked.code}: ${answer.checked.message}`);
    case "ran": {
      const { result } = answer;
      const error = result.kind === "failure" ? result : errorOf(result);
      if (error !== undefined) return err(`${error.code}: ${error.message}`);
      return result.kind === "run" ? ok(result.output.text) : err("");
    }
    case "ran-several":
      throw new Error("one command of the engine's own became several pipelines");
  }
};

/** The JSON that a command wrote; nothing where it is none. */
export const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
