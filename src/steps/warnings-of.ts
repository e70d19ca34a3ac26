import type { Finding, Verdict } from "../policy/verdict.js";

/** What a verdict lets through and would rather have said. */
export const warningsOf = ({ findings }: Verdict): readonly Finding[] =>
  findings.filter(({ decision, code }) => decision === "allow" && WARNS.test(code));

const WARNS = /^(effect|policy)-/;
