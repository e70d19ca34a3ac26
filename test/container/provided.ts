import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import "../provision/global-setup.js";
import type { Programs } from "../provision/programs.js";
import { cache, repository } from "../provision/repository.js";

/** What was got outside before: the AWS CLI. No test that runs in there asks for anything else. */
export function setup(project: TestProject): void {
  const absent = { kind: "problem", line: "it is not there in the container" } as const;
  const [version = ""] = readdirSync(join(cache, "aws-cli"));
  project.provide("provided", {
    aws: { kind: "found", value: join(cache, "aws-cli", version, "dist", "aws") },
    moto: absent,
    server: { kind: "found", value: join(repository, "dist", "cli.js") },
    // Nobody asks for one.
    programs: {} as Programs,
  });
}
