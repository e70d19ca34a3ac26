import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { repository } from "../../test/provision/repository.js";

/** Under which names awspipe is published. */
export const PUBLISHED = {
  image: "ghcr.io/awspipe/awspipe",
  package: "awspipe",
  /** In the MCP registry; package.json repeats it as `mcpName`, the image as a label, by which the registry knows whose they are. */
  registryName: "io.github.awspipe/awspipe",
  repository: "https://github.com/awspipe/awspipe",
} as const;

const packageForm = z.object({
  version: z.string(),
  description: z.string(),
  license: z.string(),
  engines: z.object({ node: z.string() }),
});

/** What package.json says of this version, and everything that is generated repeats. */
export const packageFacts = (): z.output<typeof packageForm> =>
  packageForm.parse(JSON.parse(readFileSync(join(repository, "package.json"), "utf8")));
