import type { Descriptor } from "./descriptor.js";
import type { Problem } from "./problem.js";
import { readOperator } from "./read-operator.js";
import { readTarget } from "./redirection-target.js";
import { refuseRedirection } from "./refuse-redirection.js";
import { err, ok, type Result } from "./result.js";
import type { Source } from "./source.js";
import { type Span, span } from "./span.js";
import type { Redirection } from "./syntax.js";
import type { Token } from "./token.js";

/** The redirection that begins here, with its descriptor if there is one: to nowhere, from nowhere, between 1 and 2. */
export const lexRedirection = (source: Source, start: number, descriptor: Descriptor): Result<Token, Problem> => {
  const read = readOperator(source.text, descriptor.operatorAt);
  // INVARIANT: the caller has seen the operator.
  if (read === undefined) throw new Error("a redirection has no operator");
  const target = readTarget(source, read.end);
  const where = span(start, target?.end ?? read.end);
  const redirections = redirectionsOf(`${descriptor.text}${read.operator}`, target?.text, where);
  if (redirections === undefined) return err(refuseRedirection(source.text, start, descriptor, read));
  return ok({ kind: "redirection", redirections, span: where });
};

// redirection = unnumbered | ( '1' | '2' ) , ( outward , null | '>&' , around , number ) | '0' , '<' , around , null ;
// unnumbered = outward , null | ( '&>' | '&>>' | '>&' ) , around , null | '>&' , around , number | '<' , around , null ;
const redirectionsOf = (
  operator: string,
  target: string | undefined,
  where: Span,
): readonly Redirection[] | undefined => {
  switch (target) {
    case "/dev/null":
      return toNull(operator, where);
    case "1":
      return duplicated(operator, 1, where);
    case "2":
      return duplicated(operator, 2, where);
    default:
      return undefined;
  }
};

const toNull = (operator: string, where: Span): readonly Redirection[] | undefined => {
  const out = { kind: "discard", descriptor: 1, span: where } as const;
  const errors = { kind: "discard", descriptor: 2, span: where } as const;
  if (/^1?>[>|]?$/.test(operator)) return [out];
  if (/^2>[>|]?$/.test(operator)) return [errors];
  if (/^(?:&>>?|>&)$/.test(operator)) return [out, errors];
  return /^0?<$/.test(operator) ? [{ kind: "empty-input", span: where }] : undefined;
};

const duplicated = (operator: string, to: 1 | 2, where: Span): readonly Redirection[] | undefined => {
  if (!/^[12]?>&$/.test(operator)) return undefined;
  return [{ kind: "duplicate", descriptor: operator.startsWith("2") ? 2 : 1, to, span: where }];
};
