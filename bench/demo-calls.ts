/** One call of the demo, and what must be true of its answer. */
export type DemoCall = {
  readonly tool: "aws_cli_pipeline" | "aws_cli_help";
  readonly args: Readonly<Record<string, string>>;
  readonly isError: boolean;
  /** Must match the answer's text. */
  readonly says: RegExp;
};

export type DemoPart = { readonly title: string; readonly calls: readonly DemoCall[] };

export const demoParts: readonly DemoPart[] = [
  {
    title: "Four pipelines: a real AWS CLI, real filters, real pipes",
    calls: [
      runs("aws s3 ls | sort -k 3 -r", /website[\s\S]*logs-2026[\s\S]*invoices/),
      runs(
        "aws ec2 describe-instances --output json | jq -r '.Reservations[].Instances[].InstanceType' | sort | uniq -c",
        /1 m5\.large\n\s*2 t3\.micro/,
      ),
      runs("aws dynamodb list-tables --output json | jq -c '{tables: .TableNames}'", /\{"tables":\["orders"\]\}/),
      runs(
        "aws iam list-users --query 'Users[*].UserName' --output text | tr '\\t' '\\n' | sort | head -n 2",
        /alice\nbob\n(?!carol)/,
      ),
    ],
  },
  {
    title: "Help, for the model to look things up",
    calls: [{ tool: "aws_cli_help", args: { service: "s3", command: "ls" }, isError: false, says: /SYNOPSIS/ }],
  },
  {
    title: "Three refusals: nothing was started, and the model learns what to write instead",
    calls: [
      refuses("aws s3 ls; cat /etc/passwd", /;/),
      refuses("aws s3 ls | sort --reverce", /--reverse/),
      refuses("aws iam create-access-key --user-name alice", /create-access-key/),
    ],
  },
  {
    title: "Two questions to a person, who says yes to the first",
    calls: [
      runs("aws s3 mb s3://drafts", /make_bucket: drafts/),
      runs("aws s3 rb s3://drafts", /remove_bucket: drafts/),
      refuses("aws s3 rb s3://website --force", /approval-declined/),
    ],
  },
];

function runs(command: string, says: RegExp): DemoCall {
  return { tool: "aws_cli_pipeline", args: { command }, isError: false, says };
}

function refuses(command: string, says: RegExp): DemoCall {
  return { tool: "aws_cli_pipeline", args: { command }, isError: true, says };
}
