import type { ArgumentRule } from "../catalogue/generate/effect-argument-schema.js";
import type { RefusedOption } from "../catalogue/generate/refused-options.js";
import type { OperationEffects } from "../catalogue/operation-effects.js";
import type { Catalogue } from "../catalogue/service-table.js";
import type { UtilityGrammars } from "../utilities/utility-grammar.js";
import type { CustomPolicy } from "./custom/custom-policy.js";
import type { FileLimits } from "./custom/policy-schema.js";
import type { EffectCells, SecurityMode } from "./security-mode.js";

/** Who answers an `ask`: a person, by MCP elicitation; the client, which confirms every call by itself; nobody. */
export type ApprovalMode = "elicit" | "client" | "deny";

/** Everything that a verdict depends on besides the plan. */
export type RuleBook = {
  readonly mode: SecurityMode;
  /** Cells of the mode's column that the operator changed. */
  readonly cells: EffectCells;
  readonly approval: ApprovalMode;
  /** Accounts and regions that the operator's settings limit commands to. */
  readonly limits: Pick<FileLimits, "accounts" | "regions">;
  /** The operator's own rules. */
  readonly policy: CustomPolicy | undefined;
  readonly catalogue: Catalogue;
  readonly effects: OperationEffects;
  readonly argumentRules: readonly ArgumentRule[];
  readonly refusedOptions: readonly RefusedOption[];
  readonly utilities: UtilityGrammars;
  /** Absolute path of the only directory whose files a command may name. */
  readonly workspace: string;
  /** Whether a command may write files of the workspace. */
  readonly outfiles: boolean;
  /** The operator's own endpoint; `--endpoint-url` must be the same text. */
  readonly endpoint: string | undefined;
  /** The profile that the server runs with, and the others that a command may name. */
  readonly profiles: readonly [string, ...string[]];
  /** The region of each of these profiles where a command names none. */
  readonly regions: ReadonlyMap<string, string>;
  /**
   * The account, twelve digits, by the profile that a command names, and by the empty name where it names none; as far as
   * somebody has found out.
   */
  readonly accounts: ReadonlyMap<string, string>;
  /** Buckets and accounts that are ours: what goes there does not leave. */
  readonly targets: ReadonlySet<string>;
  /** The CLI may be version 1, which fetches `http://` values. */
  readonly fetchesUrls: boolean;
  /** Which catalogue, effects, rules, grammars and operator's policy these are: a digest of their files. */
  readonly data: string;
};
