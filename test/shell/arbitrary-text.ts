import * as fc from "fast-check";

/**
 * Texts of lists, redirections, substitutions, xargs and quoting over harmless utilities, which a shell and the engine
 * should read alike. What is drawn is bounded in depth, so that a text stays short.
 */
export const arbitraryText = (depth = 2): fc.Arbitrary<string> => list(depth);

const list = (depth: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(andOr(depth), fc.constantFrom("; ", "\n", ";\n", " # a comment\n", "\n\n", " ; ")), {
      minLength: 1,
      maxLength: depth === 2 ? 2 : 1,
    })
    .map((items) => items.map(([text, after], index) => (index === items.length - 1 ? text : text + after)).join(""));

const andOr = (depth: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      pipeline(depth),
      fc.array(fc.tuple(fc.constantFrom(" && ", " || ", " &&\n", "||"), pipeline(depth)), {
        maxLength: depth === 2 ? 2 : 1,
      }),
    )
    .map(([first, rest]) => first + rest.map(([operator, text]) => operator + text).join(""));

const pipeline = (depth: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      producer(depth),
      fc.array(fc.tuple(fc.constantFrom(" | ", "|", " |& ", " |\n"), consumer(depth)), {
        maxLength: depth === 2 ? 2 : 1,
      }),
    )
    .map(([first, rest]) => first + rest.map(([operator, text]) => operator + text).join(""));

// Fewer inside of a substitution: what gives nothing is refused.
const redirected = (command: fc.Arbitrary<string>, depth: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      command,
      fc.option(
        fc.constantFrom(
          "2>&1",
          "2>/dev/null",
          ">/dev/null",
          ">&2",
          "1>&2",
          "&>/dev/null",
          "2>&1 >/dev/null",
          ">/dev/null 2>&1",
          "</dev/null",
          "2> /dev/null",
        ),
        { freq: depth === 2 ? 2 : 24, nil: undefined },
      ),
      fc.boolean(),
    )
    .map(([text, redirection, isFirst]) =>
      redirection === undefined ? text : isFirst ? `${redirection} ${text}` : `${text} ${redirection}`,
    );

const producer = (depth: number): fc.Arbitrary<string> =>
  redirected(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.array(word(depth), { minLength: 1, maxLength: 3 }).map((words) => `echo ${words.join(" ")}`),
      },
      {
        weight: 3,
        arbitrary: fc
          .array(word(depth), { minLength: 1, maxLength: 3 })
          .map((words) => `printf '%s\\n' ${words.join(" ")}`),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 3, max: 9 }))
          .map(([from, to]) => `seq ${from} ${to}`),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "printf 'a b\\nc\\n'",
          "printf '%s' x",
          ...(depth === 2 ? ["true", "echo", "seq 3 1"] : []),
        ),
      },
      // What fails, with or without a word on the error stream.
      {
        weight: 2,
        arbitrary: fc.constantFrom("echo a | grep -q b", "printf '%d\\n' x", "printf '%d\\n' 1 y 2", "seq 2 | grep 7"),
      },
    ),
    depth,
  );

const consumer = (depth: number): fc.Arbitrary<string> =>
  redirected(
    fc.oneof(
      fc.constantFrom(
        "cat",
        "sort",
        "sort -r",
        "head -n 2",
        "tail -n 1",
        "wc -l",
        "tr a-z A-Z",
        "cut -c 1-3",
        "rev",
        "tac",
        "uniq -c",
        "sed 's/a/b/'",
        "awk '{print NF}'",
        "grep -c a",
        "grep -n .",
        "nl",
        "tr -d '\\n'",
      ),
      word(depth).map((each) => `xargs echo ${each}`),
      fc.constantFrom(
        "xargs",
        "xargs -n 1 echo",
        "xargs -n2 echo",
        "xargs -I {} echo '<{}>'",
        "xargs -I @@ printf '%s.%s\\n' a@@ @@",
        "xargs -L 1 echo x",
        "xargs -d '\\n' printf '[%s]'",
        "xargs -r -n1 printf '%.1s,'",
        "tr '\\n' '\\0' | xargs -0 -n1 echo",
        "xargs -r -n1 grep -Fc --",
      ),
    ),
    depth,
  );

const word = (depth: number): fc.Arbitrary<string> =>
  fc.array(piece(depth), { minLength: 1, maxLength: 2 }).map((pieces) => pieces.join(""));

const piece = (depth: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom("a", "b1", "x.y", "7", "a=b", "{}", "Z@") },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        "'a b'",
        "'it;s | x'",
        '"c  d"',
        '"$,"',
        "\\ ",
        "\\;",
        "''",
        '""',
        "'#'",
        "$'t\\tb'",
        "$'q\\'q'",
        "$'\\x41\\102'",
      ),
    },
    { weight: depth > 0 ? 1 : 0, arbitrary: depth > 0 ? substitution(depth - 1) : fc.constant("a") },
  );

const substitution = (depth: number): fc.Arbitrary<string> =>
  fc.tuple(list(depth), fc.boolean()).map(([text, isQuoted]) => (isQuoted ? `"$(${text})"` : `$(${text})`));
