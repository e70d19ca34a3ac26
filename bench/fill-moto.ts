import { ProvisionProblem } from "../test/provision/found.js";
import { runProgram } from "../test/provision/run-program.js";
import type { Moto } from "../test/provision/start-moto.js";

// An image that every moto knows.
const image = "ami-12c6146b";

const commands: readonly (readonly string[])[] = [
  ...["invoices", "logs-2026", "website"].map((name) => ["s3", "mb", `s3://${name}`]),
  ["ec2", "run-instances", "--image-id", image, "--instance-type", "t3.micro", "--count", "2"],
  ["ec2", "run-instances", "--image-id", image, "--instance-type", "m5.large", "--count", "1"],
  ...["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"].map((region) =>
    `ec2 create-key-pair --key-name demo --region ${region}`.split(" "),
  ),
  ...["alice", "bob", "carol"].map((name) => ["iam", "create-user", "--user-name", name]),
  [
    ...["dynamodb", "create-table", "--table-name", "orders", "--billing-mode", "PAY_PER_REQUEST"],
    ...["--attribute-definitions", "AttributeName=id,AttributeType=S", "--key-schema", "AttributeName=id,KeyType=HASH"],
  ],
];

/** A few buckets, instances, key pairs, users and a table, made by the real CLI as the operator would. */
export async function fillMoto(aws: string, { environment }: Moto): Promise<void> {
  const env = { ...environment, HOME: "/nonexistent", PATH: "", AWS_PAGER: "" };
  const queue = [...commands];
  const work = async () => {
    for (let args = queue.shift(); args !== undefined; args = queue.shift()) {
      const { ok, stderr } = await runProgram(aws, args, { env });
      if (!ok) throw new ProvisionProblem(`could not fill the stand-in: aws ${args.join(" ")}: ${stderr.trim()}`);
    }
  };
  await Promise.all([work(), work()]);
}
