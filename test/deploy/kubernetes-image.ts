import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../provision/repository.js";

const packageJson: { readonly version: string } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

/** The image of this version, which every deployment names. */
export const IMAGE = `ghcr.io/awspipe/awspipe:${packageJson.version}`;

/** What runs in the image, behind the init that may stand before it: the absolute paths of node and of the program. */
export const programInImage = (): readonly [node: string, program: string] => {
  const [, words = ""] = /^ENTRYPOINT (\[.*\])$/m.exec(readFileSync(join(repository, "Dockerfile"), "utf8")) ?? [];
  const [node, program]: readonly string[] = JSON.parse(words).slice(-2);
  if (node === undefined || program === undefined) throw new Error("the image's entry point is not node and a program");
  return [node, program];
};
