import type { Verdict } from "../policy/verdict.js";

/** What a verdict lets through and would rather have said. */
export const warningsOf = ({ findings }: Verdict): readonly string[] =>
  findings.filter(({ decision, code }) => decision === "allow" && WARNS.test(code)).map(({ message }) => message);

const WARNS = /^(effect|policy)-/;
