import { readFileSync } from "node:fs";

/** The commands of `ordinary.txt`. */
export const ordinary: readonly string[] = readFileSync(new URL("ordinary.txt", import.meta.url), "utf8")
  .replaceAll("\\\n", "\\\u0000")
  .split("\n")
  .map((line) => line.replaceAll("\\\u0000", "\\\n"))
  .filter((line) => line !== "" && !line.startsWith("#"));
