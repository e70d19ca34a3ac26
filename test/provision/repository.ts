import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json; this file runs from two depths, as source and compiled under `.cache/tools`. */
export const repository: string = above(dirname(fileURLToPath(import.meta.url)));

/** What provisioning got, and nothing else; it may be deleted at any time. */
export const cache: string = join(repository, ".cache");

function above(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : above(dirname(folder));
}
