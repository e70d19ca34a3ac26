/** As whom an aws stage would run. */
export type StageIdentity = {
  readonly profile: string;
  /** Id of the access key; nobody else has it, and it is no secret. Empty where there is none. */
  readonly key: string;
  /** Twelve digits; undefined where AWS does not say. */
  readonly account: string | undefined;
  /** The caller's ARN, or what stands for it where AWS does not say. */
  readonly caller: string;
};

/** What an approval covers besides the plan: who asks, and as whom the stages would run. */
export type Circumstances = {
  /** Who is connected: approvals of one are none of another's. */
  readonly principal: string;
  /** One per stage; undefined where a stage needs no identity. */
  readonly identities: readonly (StageIdentity | undefined)[];
};
