/** What the demo asks a server for. */
export type DemoRequest =
  | {
      readonly kind: "tool";
      readonly tool: "aws_cli_pipeline" | "aws_cli_help";
      readonly args: Readonly<Record<string, string | readonly string[]>>;
    }
  | { readonly kind: "resource"; readonly uri: string }
  | { readonly kind: "prompt"; readonly prompt: string; readonly args: Readonly<Record<string, string>> };

/** One request of the demo, and what must be true of its answer. */
export type DemoCall = {
  readonly request: DemoRequest;
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
    calls: [shows({ kind: "tool", tool: "aws_cli_help", args: { service: "s3", command: "ls" } }, /SYNOPSIS/)],
  },
  {
    title: "A resource and a prompt: what there is, and a plan whose commands have been judged",
    calls: [
      shows({ kind: "resource", uri: "aws://config/regions/eu-central-1" }, /Europe \(Frankfurt\)[\s\S]*Germany/),
      shows({ kind: "prompt", prompt: "security_audit", args: { service: "s3" } }, /aws s3api/),
    ],
  },
  {
    title: "One command in five regions at once, of which one has no such key pair",
    calls: [
      shows(
        {
          kind: "tool",
          tool: "aws_cli_pipeline",
          args: {
            command: "aws ec2 describe-key-pairs --key-names demo --query 'KeyPairs[].KeyName' --output text",
            regions: ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "sa-east-1"],
          },
        },
        /4 of 5 succeeded; failed: sa-east-1/,
      ),
    ],
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

function shows(request: DemoRequest, says: RegExp): DemoCall {
  return { request, isError: false, says };
}

function runs(command: string, says: RegExp): DemoCall {
  return shows({ kind: "tool", tool: "aws_cli_pipeline", args: { command } }, says);
}

function refuses(command: string, says: RegExp): DemoCall {
  return { request: { kind: "tool", tool: "aws_cli_pipeline", args: { command } }, isError: true, says };
}
