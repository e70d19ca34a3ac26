import { onlyPipeline } from "../../src/language/only-pipeline.js";
import { parse } from "../../src/language/parse.js";
import type {
  AndOr,
  Command,
  DoublePart,
  Expansion,
  List,
  Piece,
  Pipeline,
  Redirection,
  Word,
} from "../../src/language/syntax.js";

/** A tree in one line, with one blank between words and no continuations: how mvdan/sh formats what it understood. */
export const formatted = (text: string, list: List): string => list.items.map((each) => andOr(text, each)).join("; ");

const andOr = (text: string, { first, rest }: AndOr): string =>
  [pipeline(text, first), ...rest.map((each) => `${each.operator} ${pipeline(text, each.pipeline)}`)].join(" ");

const pipeline = (text: string, { commands }: Pipeline): string =>
  commands
    .map((each) => command(text, each))
    .reduce((before, after) => `${before}${before.endsWith("|&") ? "" : " |"} ${after}`);

/** Redirections up to the second word stay where they are, the others come last; that of `|&` is one of the pipe. */
const command = (text: string, { words, redirections, span }: Command): string => {
  const [program, ...rest] = words;
  const second = rest[0]?.span.start ?? program.span.end;
  const inside = redirections.filter((each, index) => each.span.start !== redirections[index + 1]?.span.start);
  const isPipe = (each: Redirection): boolean => each.span.start >= span.end;
  return [
    ...inside.filter((each) => each.span.start < program.span.start).map((each) => redirection(text, each)),
    word(text, program),
    ...inside
      .filter((each) => each.span.start > program.span.start && each.span.start < second)
      .map((each) => redirection(text, each)),
    ...rest.map((each) => word(text, each)),
    ...inside.filter((each) => each.span.start >= second && !isPipe(each)).map((each) => redirection(text, each)),
    ...inside.filter(isPipe).map(() => "|&"),
  ].join(" ");
};

const REDIRECTION = /^([012]?)([<>&|]+)([\s\S]*)$/;

const redirection = (text: string, { span }: Redirection): string => {
  const written = text.slice(span.start, span.end).replaceAll("\\\n", "");
  const [, number = "", operator = "", target = ""] = REDIRECTION.exec(written) ?? [];
  const again = `x ${target.trimStart()}`;
  const parsed = parse(again);
  const only = parsed.ok ? onlyPipeline(parsed.value)?.commands[0].words[1] : undefined;
  return number + operator + (only === undefined ? "" : word(again, only));
};

const word = (text: string, { pieces }: Word): string => pieces.map((each) => piece(text, each)).join("");

const piece = (text: string, each: Piece): string => {
  switch (each.kind) {
    case "bare":
      return each.text;
    case "escaped":
    case "single":
    case "dollar-single":
      return text.slice(each.span.start, each.span.end);
    case "double":
      return `"${each.parts.map((part) => doublePart(text, part)).join("")}"`;
    case "variable":
    case "substitution":
      return expansion(text, each);
  }
};

const doublePart = (text: string, part: DoublePart): string =>
  part.kind === "text" ? text.slice(part.span.start, part.span.end) : expansion(text, part);

const expansion = (text: string, each: Expansion): string =>
  each.kind === "variable" ? text.slice(each.span.start, each.span.end) : `$(${formatted(text, each.list)})`;
