import fc from "fast-check";

const names = [
  "env",
  "$ENV",
  "$ENV.X",
  "env.X",
  "get_search_list",
  "input_filename",
  '"m"|modulemeta',
  "m::canary",
  "$ ENV",
  "$#\nENV",
];

const data = [
  ".",
  "1",
  ".env",
  '."env"',
  '.["env"]',
  "{env}",
  "{env:1}",
  '{"env":.}',
  "$__loc__",
  '"env $ENV"',
  "..",
  "[]",
  "1.5e3",
  "@json",
];

/** Programs that compile, with a forbidden name here and there. */
const { exp: grown } = fc.letrec<{ exp: string; term: string }>((tie) => ({
  exp: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    { weight: 3, arbitrary: tie("term") },
    form(["", "|", ""], tie("exp"), tie("exp")),
    form(["", ",", ""], tie("exp"), tie("exp")),
    form(["", " as $x|", ""], tie("term"), tie("exp")),
    form(["", " as {env:$x}|", ""], tie("term"), tie("exp")),
    form(["def f: ", "; ", ""], tie("exp"), tie("exp")),
    form(["if ", " then ", " else 1 end"], tie("exp"), tie("exp")),
    form(["# \\", "\n", ""], fc.constantFrom(" ", " x", "\\", "\r", '"', "("), tie("exp")),
    form(["", "#", "\n"], tie("exp"), fc.constantFrom("", "x", "\\", '"\\', "\\(", "\r")),
  ),
  term: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    { weight: 24, arbitrary: fc.constantFrom(...data) },
    { weight: 1, arbitrary: fc.constantFrom(...names) },
    form(["(", ")"], tie("exp")),
    form(["[", "]"], tie("exp")),
    form(['"env\\(', ')$ENV"'], tie("exp")),
    form(['@base64 "\\(', ')\\u0041"'], tie("exp")),
    form(['."\\(', ')"?'], tie("exp")),
    form(["{env,a:", ",env:", "}"], tie("term"), tie("term")),
    form(["{(", "|tostring):", ",env}"], tie("exp"), tie("term")),
    form(['{"\\(', ')":', ",env,b:2}"], tie("exp"), tie("term")),
    form(["{a:if ", " then ", " else 2 end,env}"], tie("exp"), tie("exp")),
    form(["reduce ", " as $x (0;", ")"], tie("term"), tie("exp")),
    form(["(try ", ")"], tie("term")),
  ),
}));

function form(frame: readonly string[], ...holes: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...holes).map((filled) => frame.map((text, index) => text + (filled[index] ?? "")).join(""));
}

const tokens = [
  ...names,
  ...data,
  ...'"\\()[]{},:;|.?$#\n\r\t @_-'.split(""),
  "\\(",
  '"\\(',
  ")",
  "#\\\n",
  "if ",
  " then ",
  " else ",
  " end",
  " as ",
];

const soup = fc.array(fc.constantFrom(...tokens, 'import "d" as $d;', "$d", 'include "m";', "canary", "::", "1e1"), {
  maxLength: 9,
});

/** A grown program with one token put somewhere. */
const damaged = fc
  .tuple(grown, fc.nat(), fc.constantFrom(...tokens))
  .map(
    ([program, at, token]) =>
      program.slice(0, at % (program.length + 1)) + token + program.slice(at % (program.length + 1)),
  );

/** jq programs, most of which compile, with the names that read more than the input in every kind of place. */
export const jqProgram = fc.oneof(
  { weight: 4, arbitrary: grown },
  { weight: 3, arbitrary: damaged },
  { weight: 1, arbitrary: soup.map((parts) => parts.join("")) },
);
