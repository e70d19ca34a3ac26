import type { AwsCatalogue } from "./aws-catalogue.js";
import { COMPILED, readCompiled } from "./compiled.js";

/** The AWS catalogue that the build compiled. Throws when it is missing or changed. */
export const loadCatalogue = (folder: string = COMPILED): AwsCatalogue =>
  // The hash says that this is what the build wrote after its schema had accepted it.
  readCompiled(folder, "aws") as AwsCatalogue;
