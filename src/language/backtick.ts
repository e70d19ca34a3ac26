import type { Problem } from "./problem.js";
import { span } from "./span.js";

/** A backtick outside single quotes; mostly a JMESPath literal whose quotes are missing or double. */
export const refuseBacktick = (at: number): Problem => ({
  code: "backtick",
  message: "a backtick outside single quotes would run a command",
  hint: "put JMESPath literals in single quotes, as in: aws ec2 describe-volumes --query 'Volumes[?Size > `100`]'",
  span: span(at, at + 1),
});
