import { inject } from "vitest";
import { type Found, need } from "./found.js";
import type { Judges } from "./judges.js";

declare module "vitest" {
  interface ProvidedContext {
    readonly judges: Found<Judges>;
  }
}

/** For tests: the MCP conformance suites and the inspector. Throws the one line that says why they could not be got. */
export function needJudges(): Judges {
  return need(inject("judges"));
}
