import type { Problem } from "./problem.js";
import { span } from "./span.js";

/** A backtick outside single quotes: a JMESPath literal whose quotes are missing or double, a Markdown fence, or a command. */
export const refuseBacktick = (text: string, at: number): Problem => ({
  code: "backtick",
  message: "a backtick outside single quotes would run a command",
  hint: text.startsWith("```", at) ? FENCE : LITERAL,
  span: span(at, at + 1),
});

const FENCE = "send the command alone, without the Markdown around it, as in: aws s3 ls | sort";
const LITERAL =
  "put JMESPath literals in single quotes, as in: aws ec2 describe-volumes --query 'Volumes[?Size > `100`]'; " +
  "the output of a command is written as in: aws ec2 describe-instances --instance-ids $(cat ids.txt)";
