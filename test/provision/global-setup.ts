import type { TestProject } from "vitest/node";
import { build } from "./build.js";
import { attempt, type Found } from "./found.js";
import { type Provision, provision } from "./provision.js";
import { say } from "./say.js";

/** What the test workers are told; `needs.ts` asks for it. */
export type Provided = Provision & { readonly server: Found<string> };

declare module "vitest" {
  interface ProvidedContext {
    readonly provided: Provided;
  }
}

/** Runs once before all tests. What could not be got fails the tests that ask for it, each with that line. */
export async function setup(project: TestProject): Promise<void> {
  const [server, rest] = await Promise.all([attempt(build), provision()]);
  const provided = { ...rest, server };
  for (const line of problems(provided)) say(line);
  project.provide("provided", provided);
}

function problems({ aws, moto, server, programs }: Provided): readonly string[] {
  return [aws, moto, server, ...Object.values(programs)].flatMap((found) =>
    found.kind === "problem" ? found.line : [],
  );
}
