import type { AwsWords } from "../../executor/aws-errors/aws-words.js";

type Meaning = { readonly code: string; readonly says: string; readonly hint: string };

/** What an exit code of the AWS CLI means where its words say nothing that is told apart (AWS CLI user guide, "Return codes"). */
export const exitMeaning = (exitCode: number, { shown }: AwsWords): Meaning => {
  if (exitCode === 1 && shown === "") return nothingSaid;
  return meanings[exitCode] ?? { ...failed, says: `the AWS CLI ended with ${exitCode}`, hint: "read its error" };
};

const failed: Meaning = {
  code: "aws-failed",
  says: "the AWS CLI failed",
  hint: "check the region and the connection, then send it again",
};

// `aws s3 ls` ends like this where a prefix has no objects.
const nothingSaid: Meaning = {
  code: "aws-transfer-failed",
  says: "the command of `aws s3` ended with 1 and said nothing",
  hint: "nothing begins with that prefix: look one level up, as by `aws s3 ls s3://BUCKET/`; or its words were left out by `--quiet` or `2>/dev/null`",
};

const meanings: Readonly<Record<number, Meaning>> = {
  1: {
    code: "aws-transfer-failed",
    says: "a transfer of `aws s3` failed",
    hint: "check the bucket and key with `aws s3 ls`",
  },
  2: {
    code: "aws-transfer-incomplete",
    says: "the transfer ended, and left some files out",
    hint: "a file that is missing, unreadable or no plain file is left out, as is an object that is archived; the rest is done",
  },
  130: { code: "aws-interrupted", says: "the AWS CLI was interrupted", hint: "send the command again" },
  252: {
    code: "aws-usage",
    says: "the AWS CLI did not accept the command",
    hint: "compare it with the operation's page in `aws_cli_help`",
  },
  253: {
    code: "aws-no-credentials",
    says: "the AWS CLI found no credentials or a broken configuration",
    hint: "tell the operator",
  },
  254: {
    code: "aws-service-error",
    says: "the service refused the request",
    hint: "read the error's code; a name or a permission may be wrong",
  },
  255: failed,
};
