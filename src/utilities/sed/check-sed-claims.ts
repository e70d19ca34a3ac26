import { err, ok, type Result } from "../../language/result.js";
import { notUnderstood, type SedProblem } from "./sed-problem.js";

/** What a command says that only the whole script can bear out; `from` and `to` are its place. */
export type SedClaim = { readonly from: number; readonly to: number } & (
  | /** `:name` */ { readonly kind: "label"; readonly name: string }
  /** `b name`, and without a name to the end of the script */
  | { readonly kind: "jump"; readonly name: string }
  /** `y/abc/xyz/`, with the number of characters on each side */
  | { readonly kind: "map"; readonly source: number; readonly target: number }
);

/** Labels are defined once, jumps lead to labels, and both sides of `y` are of one length. */
export const checkSedClaims = (script: string, claims: readonly SedClaim[]): Result<undefined, SedProblem> => {
  const labels = new Map<string, SedClaim>();
  for (const claim of claims) {
    if (claim.kind !== "label") continue;
    if (labels.has(claim.name)) return err(definedTwice(script, claim));
    labels.set(claim.name, claim);
  }
  for (const claim of claims) {
    if (claim.kind === "jump" && claim.name !== "" && !labels.has(claim.name)) return err(leadsNowhere(script, claim));
    if (claim.kind === "map" && claim.source !== claim.target) return err(uneven(script, claim));
  }
  return ok(undefined);
};

const definedTwice = (script: string, { from, to }: SedClaim): SedProblem =>
  notUnderstood({ script, from, to }, "defines a label a second time", "give each label a name of its own");

const leadsNowhere = (script: string, { from, to }: SedClaim): SedProblem =>
  notUnderstood(
    { script, from, to },
    "leads to a label that is not defined",
    "define the label, as in `sed ':a;N;$!ba;s/\\n/,/g'`; `b` and `t` alone go to the end of the script",
  );

const uneven = (script: string, claim: Extract<SedClaim, { kind: "map" }>): SedProblem =>
  notUnderstood(
    { script, from: claim.from, to: claim.to },
    `has ${claim.source} characters on one side and ${claim.target} on the other`,
    "write as many on both sides, as in `sed 'y/abc/xyz/'`; ranges such as `a-z` have no meaning in `y`",
  );
