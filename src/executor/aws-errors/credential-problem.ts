import { oneLine, readAwsWords } from "./aws-words.js";
import { connectionRows } from "./connection-rows.js";
import { credentialRows } from "./credential-rows.js";
import { awsProblem } from "./error-row.js";
import { loadRows } from "./load-rows.js";
import { operatorRows, resolvingRows } from "./resolving-rows.js";

const ROWS = [...credentialRows, ...resolvingRows, ...connectionRows, ...loadRows];

/**
 * Why there are no credentials, and who does what about it.
 *
 * @param words what `aws configure export-credentials` has said, or what the engine says in its place
 * @param profile the one that was asked for
 * @param namedBy who named it: the command, by `--profile`, or the operator, by AWS_PROFILE
 */
export const credentialProblem = (words: string, profile: string, namedBy: "command" | "operator" = "command") => {
  const rows = namedBy === "operator" ? [...operatorRows, ...ROWS] : ROWS;
  const { code, says, hint } = awsProblem(readAwsWords(words), rows, profile) ?? unknown;
  const said = oneLine(words.replace(/^aws: \[ERROR\]: /, ""));
  const message = said === "" ? says : `${says}; the AWS CLI says: ${said}`;
  return { code: code === "aws-no-credentials" ? unknown.code : code, message, hint };
};

const unknown = {
  code: "no-credentials",
  says: "no credentials were found for this command",
  hint: "the operator gives them by AWS_PROFILE, by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by a role",
} as const;
