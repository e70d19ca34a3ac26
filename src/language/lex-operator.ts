import { lexRedirection } from "./lex-redirection.js";
import { refuseOperator } from "./operator.js";
import type { Problem } from "./problem.js";
import type { ReadOperator } from "./read-operator.js";
import { err, ok, type Result } from "./result.js";
import type { Source } from "./source.js";
import { span } from "./span.js";
import type { Token } from "./token.js";

/** The token of an operator: what joins commands, what redirects one, and what is refused. */
export const lexOperator = (source: Source, at: number, { operator, end }: ReadOperator): Result<Token, Problem> => {
  const where = span(at, end);
  switch (operator) {
    case "|":
      return ok({ kind: "pipe", redirections: [], span: where });
    case "|&":
      return ok({
        kind: "pipe",
        redirections: [{ kind: "duplicate", descriptor: 2, to: 1, span: where }],
        span: where,
      });
    case "&&":
    case "||":
      return ok({ kind: "and-or", operator, span: where });
    case ";":
      return ok({ kind: "semicolon", span: where });
    case ")":
      return source.depth > 0 ? ok({ kind: "close", span: where }) : err(refuseOperator(operator, where));
    case "(":
    case ";;":
    case ";&":
    case "&":
      return err(refuseOperator(operator, where));
    case "<":
    case "<<":
    case "<<-":
    case "<<<":
    case "<(":
    case "<&":
    case "<>":
    case ">":
    case ">>":
    case ">|":
    case ">&":
    case ">(":
    case "&>":
    case "&>>":
      return lexRedirection(source, at, { text: "", operatorAt: at });
  }
};
