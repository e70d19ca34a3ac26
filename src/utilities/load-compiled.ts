import { COMPILED, readCompiled } from "../catalogue/compiled.js";
import { indexGrammars } from "./index-grammars.js";
import type { GrammarData, UtilityGrammars } from "./utility-grammar.js";

/** Reads the grammars that the build compiled. Throws when they are missing or are not what their hash says. */
export const loadCompiled = (folder: string = COMPILED): UtilityGrammars =>
  // The hash says that this is what the build wrote after its schema had accepted it.
  indexGrammars(readCompiled(folder, "utilities") as GrammarData);
