import type { DangerousCommand } from "./dangerous-command.js";
import type { FileLimits, FileRule, PolicyTest } from "./policy-schema.js";
import type { RegexRule } from "./regex-rule.js";
import type { SafePattern } from "./safe-pattern.js";

/** The operator's policy, read and checked. */
export type CustomPolicy = {
  /** In the order of their ids, so that the order in the file decides nothing. */
  readonly rules: readonly PolicyRule[];
  readonly limits: FileLimits;
  readonly dangerous: readonly DangerousCommand[];
  readonly safe: readonly SafePattern[];
  readonly regexes: readonly RegexRule[];
  readonly tests: readonly (PolicyTest & { readonly where: string })[];
  /** What has no effect, each with file and line. */
  readonly warnings: readonly string[];
};

/** A rule of the file. */
export type PolicyRule = {
  readonly rule: FileRule;
  /** Whether its `operations` name this one. */
  readonly speaksOf: (service: string, operation: string) => boolean;
  /** Where it stands, and each of its examples: `FILE:LINE`. */
  readonly where: string;
  readonly examples: {
    readonly accepts: readonly PolicyExample[];
    readonly refuses: readonly PolicyExample[];
  };
};

export type PolicyExample = { readonly command: string; readonly where: string };
