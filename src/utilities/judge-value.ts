import { ok, type Result } from "../language/result.js";
import { isUnknown } from "../plan/unknown.js";
import { judgeOneOf } from "./judge-one-of.js";
import { judgeProgram } from "./judge-program.js";
import { judgeSize } from "./judge-size.js";
import type { PlainKind } from "./utility-grammar.js";
import { badValue, type ValueProblem } from "./value-problem.js";

/**
 * Judges a value and gives the text to write out; `place` says in the message whose value it is. A part of it that is not
 * known yet fits its kind.
 */
export const judgeValue = (kind: PlainKind, text: string, place: string): Result<string, ValueProblem> => {
  if (isUnknown(text) && !isProgram(kind)) return ok(text);
  if (text.includes("\0")) return badValue(text, place, "text without NUL characters", "leave the NUL character out");
  switch (kind.kind) {
    case "text":
    case "regex":
      return ok(text);
    case "integer":
      return judgeInteger(kind, text, place);
    case "count":
      return isCount(kind.sign, text)
        ? ok(text)
        : badValue(text, place, "a count", "write digits, such as `20`, or digits and a unit, such as `10K`");
    case "size":
      return judgeSize(kind, text, place);
    case "one-of":
      return judgeOneOf(kind, text, place);
    case "shape":
      return shapeOf(kind.pattern).test(text) ? ok(text) : badValue(text, place, kind.is, kind.hint);
    case "jq-program":
    case "sed-script":
    case "awk-program":
      return judgeProgram(kind.kind, text);
  }
};

const isProgram = ({ kind }: PlainKind): boolean =>
  kind === "jq-program" || kind === "sed-script" || kind === "awk-program";

const judgeInteger = (
  kind: Extract<PlainKind, { kind: "integer" }>,
  text: string,
  place: string,
): Result<string, ValueProblem> => {
  const digits = kind.sign.includes(text[0] ?? " ") ? text.slice(1) : text;
  const value = Number(digits);
  if (/^\d{1,19}$/.test(digits) && value >= kind.min && value <= kind.max) return ok(text);
  const most = kind.max < Number.MAX_SAFE_INTEGER ? `from ${kind.min} to ${kind.max}` : `of at least ${kind.min}`;
  return badValue(
    text,
    place,
    `a whole number ${most}`,
    `write digits, such as \`${Math.max(kind.min, Math.min(kind.max, 5))}\``,
  );
};

// Suffixes of xstrtoumax in head and tail: "bkKmMGTPEZYRQ0", the "0" admitting a following B, iB or D.
const COUNT = /^\d{1,19}(?:b|[kKmMGTPEZYRQ](?:B|iB|D)?)?$/;

const isCount = (sign: string, text: string): boolean =>
  COUNT.test(sign.includes(text[0] ?? " ") ? text.slice(1) : text);

const shapes = new Map<string, RegExp>();

const shapeOf = (pattern: string): RegExp => {
  const known = shapes.get(pattern);
  if (known) return known;
  const shape = new RegExp(`^(?:${pattern})$`, "su");
  shapes.set(pattern, shape);
  return shape;
};
