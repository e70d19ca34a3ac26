import { err } from "../language/result.js";

export type ValueProblem = { readonly code: string; readonly message: string; readonly hint: string };

/** A value that is not of its kind; `place` says whose value it is, `wanted` what it should be. */
export const badValue = (text: string, place: string, wanted: string, hint: string) =>
  err<ValueProblem>({ code: "bad-value", message: `\`${text}\` for ${place} is not ${wanted}`, hint });
