import { err } from "../language/result.js";

/** Why a command is not run; `argument` is the index of the user's word that is to blame. */
export type UtilityRefusal = {
  /** Stable and kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly argument: number;
};

export const refusal = (code: string, argument: number, message: string, hint: string) =>
  err<UtilityRefusal>({ code, message, hint, argument });
