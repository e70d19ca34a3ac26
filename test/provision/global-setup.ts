import type { TestProject } from "vitest/node";
import { build } from "./build.js";
import { attempt, type Found } from "./found.js";
import { judges } from "./judges.js";
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
  const [server, rest, judging] = await Promise.all([attempt(build), provision(), attempt(judges)]);
  const provided = { ...rest, server };
  for (const line of problems(provided)) say(line);
  if (judging.kind === "problem") say(judging.line);
  project.provide("provided", provided);
  // Apart from the rest: where no outside judge is wanted, as in a container, nobody has to say that there is none.
  project.provide("judges", judging);
}

function problems({ aws, moto, server, programs }: Provided): readonly string[] {
  return [aws, moto, server, ...Object.values(programs)].flatMap((found) =>
    found.kind === "problem" ? found.line : [],
  );
}
