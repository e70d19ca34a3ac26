import type { AwsCatalogue } from "../catalogue/aws-catalogue.js";
import type { UtilityGrammars } from "../utilities/utility-grammar.js";
import type { SecurityMode } from "./security-mode.js";

/** Everything that a verdict depends on besides the plan. */
export type RuleBook = {
  readonly mode: SecurityMode;
  readonly catalogue: AwsCatalogue;
  readonly utilities: UtilityGrammars;
  /** Absolute path of the only directory whose files a command may name. */
  readonly workspace: string;
  /** The operator's own endpoint; `--endpoint-url` must be the same text. */
  readonly endpoint: string | undefined;
  /** The profile that the server runs with, and the others that a command may name. */
  readonly profiles: readonly string[];
};
