import type { Stage } from "../plan/plan.js";
import { matchUtility } from "../utilities/match-utility.js";
import type { StageFiles } from "./files.js";
import type { JudgedStage } from "./judge.js";
import type { RuleBook } from "./rule-book.js";

/** Judges a Unix stage by its option grammar: what the grammar reads is allowed, everything else is denied. */
export const judgeUtility = (stage: Stage, index: number, book: RuleBook, read: StageFiles): JudgedStage => {
  const argv = stage.arguments.map((argument) => argument.text);
  const matched = matchUtility(book.utilities, argv, book.workspace);
  if (!matched.ok) {
    const { code, message, hint, argument } = matched.error;
    const span = stage.arguments[argument]?.span ?? stage.span;
    return { findings: [{ decision: "deny", stage: index, code, message, hint, span }], stage: undefined, inputs: [] };
  }
  const { paths, files } = matched.value;
  const [name = "", ...rest] = matched.value.argv;
  return {
    findings: [
      {
        decision: "allow",
        stage: index,
        code: "utility",
        message: `\`${name}\` is in the grammar`,
        hint: "",
        span: stage.span,
      },
    ],
    stage: {
      kind: "utility",
      argv: [name, ...rest],
      paths,
      files: files.map(({ argument, path }) => ({ argument, path, sha256: read(path)?.sha256 })),
      effects: ["read"],
    },
    inputs: files.map(({ path }) => ({ stage: index, path, how: "operand" })),
  };
};
