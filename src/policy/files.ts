import { splitReference } from "../catalogue/values/file-reference.js";
import type { ReadText } from "../catalogue/values/load-files.js";
import { readFileOperand } from "../plan/workspace-file.js";

/** A file as the engine has read it, once. */
export type ReadFile = {
  /** Of a file that is judged by its content. */
  readonly text: string | undefined;
  /** Of a folder: over its members' names and digests. */
  readonly sha256: string;
  readonly bytes: number;
};

/** The files of one stage by their absolute paths; nothing where nobody has read them. */
export type StageFiles = (path: string) => ReadFile | undefined;

/** The files of every stage of a plan, by the stage's index: two stages can read the same file at different times. */
export type Files = (stage: number) => StageFiles;

/** Where no file has been read: rules about values take each for a hit. */
export const NO_FILES: Files = () => () => undefined;

/** The files of a stage by the references that its command has. `fileb://` gives bytes, which nobody judges. */
export const textOf =
  (files: StageFiles, workspace: string): ReadText =>
  (reference) => {
    const { prefix, path } = splitReference(reference);
    const file = prefix === "file://" ? readFileOperand(path, workspace) : undefined;
    const text = file?.ok && file.value.kind === "file" ? files(file.value.path)?.text : undefined;
    // The CLI opens it in Python's text mode, where every line end is a line feed.
    return text?.replace(/\r\n?/g, "\n");
  };
