import { COMPILED, readCompiled } from "../../catalogue/compiled.js";

/** What the resources show of `grammar/`, as the build compiled it. */
export type ResourceTexts = {
  /** `awspipe://grammar`, as Markdown. */
  readonly grammar: string;
  /** By the utility's name. */
  readonly utilities: Readonly<Record<string, UtilityNotes>>;
};

/** What a utility's file says for people. */
export type UtilityNotes = {
  /** Why it is there. */
  readonly because: string;
  /** Calls that it accepts and calls that it refuses. */
  readonly accepts: readonly string[];
  readonly refuses: readonly string[];
};

/** The name of the compiled file. */
export const TEXTS = "resource-texts";

/** Reads what the build compiled. Throws when it is missing or is not what its hash says. */
export const loadTexts = (folder: string = COMPILED): ResourceTexts =>
  // The hash says that this is what the build wrote.
  readCompiled(folder, TEXTS) as ResourceTexts;
