import type { TestProject } from "vitest/node";
import "../provision/global-setup.js";
import { awsCli } from "../provision/aws-cli.js";
import { attempt } from "../provision/found.js";
import { motoCommand } from "../provision/moto.js";
import type { Programs } from "../provision/programs.js";

/** The server is the image's own; what answers it is not. */
export async function setup(project: TestProject): Promise<void> {
  const absent = { kind: "problem", line: "the server is in the image" } as const;
  project.provide("provided", {
    aws: await attempt(awsCli),
    moto: await attempt(motoCommand),
    server: absent,
    // Nobody asks for one.
    programs: {} as Programs,
  });
}
