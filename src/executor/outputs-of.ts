import type { StageFile, UtilityFile } from "../policy/verdict.js";
import type { OutputFile } from "./prepare-outputs.js";

type How = StageFile["how"] | UtilityFile["how"];

/** Whether a stage makes such a file. */
export const isOutput = (how: How): how is "write" | "write-folder" => how === "write" || how === "write-folder";

/** The files that a stage makes, as they are taken from its folder. */
export const outputsOf = (files: readonly { readonly path: string; readonly how: How }[]): readonly OutputFile[] =>
  files.flatMap(({ path, how }) => (isOutput(how) ? [{ path, how: how === "write" ? how : "folder" }] : []));
