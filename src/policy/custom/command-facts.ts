import type { AwsOperation } from "../../catalogue/command/command.js";
import type { GivenValue } from "../../catalogue/command/given-values.js";
import type { Effect } from "../../catalogue/effect.js";

/** What the operator's policy knows of an aws command. */
export type CommandFacts = {
  readonly command: AwsOperation;
  readonly values: readonly GivenValue[];
  /** All that it does, not only the worst. */
  readonly effects: readonly Effect[];
  /** The profile and the region that it would run with, named by it or not. */
  readonly profile: string;
  readonly region: string;
  /** The account that these credentials belong to, where that is known. */
  readonly account: string | undefined;
};
