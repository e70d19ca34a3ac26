import fc from "fast-check";

type Words = fc.Arbitrary<readonly string[]>;

/** Expressions as find reads them, sound and unsound ones. */
export const arbitraryExpression = (predicate: Words): Words => {
  const mark = fc.constantFrom(["!"], ["("], [")"], [","], ["-o"], ["-and"], ["-not"], ["-P"], ["x"], ["()"], ["--"]);
  const sound = fc.letrec<{ all: readonly string[]; one: readonly string[] }>((tie) => ({
    all: fc.oneof(
      { depthSize: "small" },
      tie("one"),
      fc
        .tuple(tie("all"), fc.constantFrom([], ["-a"], ["-and"], ["-o"], ["-or"], [","]), tie("one"))
        .map((parts) => parts.flat()),
    ),
    one: fc.oneof(
      { depthSize: "small" },
      predicate,
      tie("all").map((words) => ["(", ...words, ")"]),
      tie("one").map((words) => ["!", ...words]),
      tie("one").map((words) => ["-not", ...words]),
    ),
  }));
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 8, arbitrary: sound.all },
    {
      weight: 2,
      arbitrary: fc.array(fc.oneof(predicate, predicate, mark), { maxLength: 5 }).map((words) => words.flat()),
    },
  );
};
