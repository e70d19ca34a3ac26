import type { Stage } from "../plan/plan.js";
import type { FileOperand } from "../utilities/emit-operand.js";
import { matchUtility } from "../utilities/match-utility.js";
import type { StageFiles } from "./files.js";
import type { JudgedStage } from "./judge.js";
import type { RuleBook } from "./rule-book.js";
import type { Finding } from "./verdict.js";

/** Judges a Unix stage by its option grammar: what the grammar reads is allowed, everything else is denied. */
export const judgeUtility = (stage: Stage, index: number, book: RuleBook, read: StageFiles): JudgedStage => {
  const argv = stage.arguments.map((argument) => argument.text);
  const expanded = (argument: number) => stage.arguments[argument]?.expanded ?? [];
  const matched = matchUtility(book.utilities, argv, book.workspace, expanded);
  if (!matched.ok) {
    const { argument, ...reason } = matched.error;
    return refused(index, { ...reason, span: stage.arguments[argument]?.span ?? stage.span });
  }
  const { paths, reads, scratch, files } = matched.value;
  const output = files.find(({ how }) => how === "write");
  if (output !== undefined && !book.outfiles) return refused(index, outfileRefusal(output, stage, book));
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
      reads,
      scratch,
      files: files.map((file) => ({ ...file, sha256: file.how === "read" ? read(file.path)?.sha256 : undefined })),
      effects: ["read"],
      streams: stage.streams,
    },
    // What is listed is the workspace as it is then, and what is made is not there yet: neither is copied.
    inputs: files.flatMap(({ path, how }) => (how === "read" ? [{ stage: index, path, how: "operand" }] : [])),
  };
};

type Denial = Omit<Finding, "decision" | "stage">;

const refused = (stage: number, { code, message, hint, span }: Denial): JudgedStage => ({
  findings: [{ decision: "deny", stage, code, message, hint, span }],
  stage: undefined,
  inputs: [],
});

const outfileRefusal = ({ path }: FileOperand, { span }: Stage, { workspace }: RuleBook): Denial => ({
  code: "aws-outfile-refused",
  message: `it would write \`${path.slice(workspace.length + 1)}\` in the workspace, and here nothing is written`,
  hint: "leave this stage out, or send the command to `aws_cli_pipeline`",
  span,
});
