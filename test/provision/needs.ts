import { inject } from "vitest";
import { need } from "./found.js";
import type { MotoCommand } from "./moto.js";
import type { Program } from "./programs.js";

// For tests. Each throws the one line that says why the thing could not be got, so its tests fail and are never skipped.

/** The AWS CLI v2's executable. */
export function needAws(): string {
  return need(inject("provided").aws);
}

/** For `startMoto`. */
export function needMoto(): MotoCommand {
  return need(inject("provided").moto);
}

/** The built server's program, `dist/cli.js`. */
export function needServer(): string {
  return need(inject("provided").server);
}

/** The path of a program of the machine. */
export function needProgram(name: Program): string {
  return need(inject("provided").programs[name]);
}
