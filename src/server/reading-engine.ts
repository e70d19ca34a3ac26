import type { Checked } from "../check.js";
import type { Engine, EngineAnswer } from "../engine.js";

/** The same engine for a principal that may only read: whatever it sends is judged as `aws_cli_read` judges. */
export const readingEngine = (engine: Engine): Engine => ({
  ...engine,
  check: async (text, call) => toReader(await engine.check(text, { ...call, readOnly: true })),
  run: async (text, call) => answerToReader(await engine.run(text, { ...call, readOnly: true })),
  runArgv: async (argv, call) => answerToReader(await engine.runArgv(argv, { ...call, readOnly: true })),
});

const answerToReader = (answer: EngineAnswer): EngineAnswer =>
  answer.kind === "refused" ? { ...answer, checked: toReader(answer.checked) } : answer;

// Where the principal's rights are the reason: no other tool lets through what this one refuses.
const toReader = (checked: Checked): Checked =>
  RIGHTS.test(checked.code)
    ? { ...checked, hint: `${checked.hint.replace(/, or send .*$/, "")}; the token of this client may only read` }
    : checked;

const RIGHTS = /^(?:effect-(?!local$|unknown$)|aws-outfile-refused$)/;
