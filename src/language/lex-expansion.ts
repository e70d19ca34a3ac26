import { refuseDollar } from "./dollar.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import type { Place, Source } from "./source.js";
import { type Span, span } from "./span.js";
import type { Expansion } from "./syntax.js";
import { readVariable } from "./variable.js";

// expansion = variable | substitution ;
/** The expansion that begins at this dollar sign, which does not stand for itself. */
export const lexExpansion = (source: Source, at: number, place: Place): Result<Expansion, Problem> => {
  const { text } = source;
  if (text.startsWith("$(", at) && !text.startsWith("$((", at))
    return place === "argument" ? source.substitution(source, at) : err(computedProgram(span(at, at + 2)));
  const variable = readVariable(text, at);
  if (variable === undefined) return err(refuseDollar(text, at));
  return place === "argument" ? ok(variable) : err(computedProgram(variable.span));
};

/** Nobody sees it for the target of a redirection, which is refused for its own reason. */
const computedProgram = (where: Span): Problem => ({
  code: "computed-program",
  message: "the name of a program is never the result of something else",
  hint: "write the name itself, only its arguments can be computed: `aws ec2 describe-instances --instance-ids $(cat ids.txt)`",
  span: where,
});
