import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needAws, needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { type Connection, connectModern } from "./clients.js";
import { fillMoto } from "./fill-moto.js";
import { pipelineCalls } from "./pipeline-calls.js";

let moto: Moto;
let server: Connection;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  await fillMoto(moto);
  // The stand-in's own account: a queue's URL and a topic's ARN name it.
  const ours = { AWS_MCP_ALLOWED_TARGETS: "123456789012" };
  server = await connectModern({ ...moto.environment, ...ours, AWS_MCP_AWS_CLI: needAws() });
});

afterAll(async () => {
  await server.close();
  await moto.stop();
});

const { call, run: runOne } = pipelineCalls(() => server);
const ran = new Set<string>();

const run = async (command: string): Promise<string> => {
  const output = await runOne(command);
  ran.add(command);
  return output;
};

// Each service's commands build on each other; the services go side by side.
describe.concurrent("real commands, through MCP", () => {
  it("s3", async () => {
    expect(await run("aws s3 mb s3://reports")).toBe("make_bucket: reports");
    expect(await run("aws s3 ls | cut -d' ' -f3 | sort | tail -n 2 | head -n 1")).toBe("reports");
    expect(await run("aws s3 cp s3://website/index.html -")).toBe("<p>hello</p>");
    expect(await run("aws s3 ls s3://website/ --summarize | grep Total | tr -s ' '")).toBe(
      "Total Objects: 1\n Total Size: 12",
    );
  });

  it("s3api", async () => {
    await run("aws s3api create-bucket --bucket archive");
    await run("aws s3api put-bucket-tagging --bucket archive --tagging 'TagSet=[{Key=team,Value=web}]'");
    expect(await run("aws s3api get-bucket-tagging --bucket archive | jq -c .TagSet")).toBe(
      '[{"Key":"team","Value":"web"}]',
    );
    expect(await run("aws s3api head-object --bucket website --key index.html --query ContentLength")).toBe("12");
  });

  it("ec2", async () => {
    const vpc = await run("aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text");
    expect(vpc).toMatch(/^vpc-[0-9a-f]+$/);
    expect(await run(`aws ec2 create-tags --resources ${vpc} --tags Key=Name,Value=main Key=team,Value=web`)).toBe("");
    expect(
      await run(
        `aws ec2 describe-vpcs --filters Name=tag:Name,Values=main Name=tag:team,Values=web,db --query 'Vpcs[].VpcId' --output text`,
      ),
    ).toBe(vpc);
    const group = await run(
      `aws ec2 create-security-group --group-name web --description x --vpc-id ${vpc} --query GroupId --output text`,
    );
    await run(
      `aws ec2 authorize-security-group-ingress --group-id ${group} --ip-permissions '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]'`,
    );
    expect(
      await run(
        `aws ec2 describe-security-groups --group-ids ${group} | jq -r '.SecurityGroups[].IpPermissions[].IpRanges[].CidrIp'`,
      ),
    ).toBe("10.0.0.0/8");
    expect(
      await run(
        "aws ec2 describe-regions --output text --query 'Regions[].RegionName' | tr '\\t' '\\n' | grep -cE '^us-(east|west)-[12]$'",
      ),
    ).toBe("4");
  });

  it("iam", async () => {
    expect(await run("aws iam list-users --query 'Users[].UserName' --output text | tr '\\t' '\\n' | sort")).toBe(
      "alice\nbob\ncarol",
    );
    expect(await run("aws iam get-user --user-name alice | jq -r .User.Arn")).toBe(
      "arn:aws:iam::123456789012:user/alice",
    );
  });

  it("dynamodb", async () => {
    await run(
      "aws dynamodb create-table --table-name people --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST",
    );
    await run("aws dynamodb wait table-exists --table-name people");
    await run(`aws dynamodb put-item --table-name people --item '{"id":{"S":"1"},"name":{"S":"Ada | Co; $x"}}'`);
    expect(
      await run(`aws dynamodb get-item --table-name people --key '{"id":{"S":"1"}}' --query Item.name.S --output text`),
    ).toBe("Ada | Co; $x");
    expect(await run("aws dynamodb scan --table-name people --select COUNT --query Count")).toBe("1");
  });

  it("sqs and sns", async () => {
    const queue = await run(
      "aws sqs create-queue --queue-name jobs --attributes VisibilityTimeout=45 --query QueueUrl --output text",
    );
    expect(queue).toMatch(/\/jobs$/);
    await run(`aws sqs send-message --queue-url ${queue} --message-body 'job one'`);
    expect(
      await run(
        `aws sqs get-queue-attributes --queue-url ${queue} --attribute-names All | jq -c '.Attributes | [.VisibilityTimeout, .ApproximateNumberOfMessages]'`,
      ),
    ).toBe('["45","1"]');
    expect(await run("aws sns create-topic --name alerts --query TopicArn --output text")).toBe(
      "arn:aws:sns:us-east-1:123456789012:alerts",
    );
    expect(await run("aws sns list-topics --query 'length(Topics)'")).toBe("1");
  });

  it("kms, ssm and secretsmanager", async () => {
    const key = await run("aws kms create-key --description web --query KeyMetadata.KeyId --output text");
    expect(await run("aws kms list-keys --query 'Keys[].KeyId' --output text")).toBe(key);
    await run("aws ssm put-parameter --name /app/size --value 12 --type String");
    expect(await run("aws ssm get-parameter --name /app/size --query Parameter.Value --output text")).toBe("12");
    expect(await run("aws ssm describe-parameters --query 'Parameters[].Name' --output text")).toBe("/app/size");
    expect(await run("aws secretsmanager list-secrets | jq '.SecretList | length'")).toBe("0");
  });

  it("logs and cloudwatch", async () => {
    await run("aws logs create-log-group --log-group-name /app/web");
    await run("aws logs create-log-stream --log-group-name /app/web --log-stream-name one");
    expect(await run("aws logs describe-log-groups --query 'logGroups[].logGroupName' --output text")).toBe("/app/web");
    await run("aws cloudwatch put-metric-data --namespace App --metric-data MetricName=hits,Value=3,Unit=Count");
    expect(await run("aws cloudwatch list-metrics --namespace App --query 'Metrics[].MetricName' --output text")).toBe(
      "hits",
    );
  });

  it("lambda, ecs, ecr, rds, route53 and sts", async () => {
    const outputs = await Promise.all([
      run("aws lambda list-functions --query Functions | jq -c ."),
      run("aws ecs create-cluster --cluster-name web --query cluster.status --output text"),
      run("aws ecr create-repository --repository-name web --query repository.repositoryName --output text"),
      run("aws rds describe-db-instances --query DBInstances --output json | jq length"),
      run(
        "aws route53 create-hosted-zone --name example.org --caller-reference 1 --query HostedZone.Name --output text",
      ),
      run("aws sts get-caller-identity --query Account --output text"),
    ]);
    expect(outputs).toEqual(["[]", "ACTIVE", "web", "0", "example.org.", "123456789012"]);
    expect(await run("aws ecs list-clusters --query 'clusterArns' | jq -r '.[]' | cut -d/ -f2")).toBe("web");
    expect(await run("aws route53 list-hosted-zones --query 'HostedZones[].Name' --output text")).toBe("example.org.");
  });
});

describe("together", () => {
  it("are more than forty, of more than ten services", () => {
    expect(ran.size).toBeGreaterThanOrEqual(40);
    expect(new Set([...ran].map((command) => command.split(" ")[1])).size).toBeGreaterThanOrEqual(10);
  });
});

describe("what needs a person, or never runs", () => {
  it.each([
    ["aws ec2 terminate-instances --instance-ids i-0123456789abcdef0", "effect-destroy"],
    ["aws s3 rm s3://website/index.html", "effect-destroy"],
    ["aws secretsmanager get-secret-value --secret-id x", "effect-sensitive-read"],
    ["aws s3 cp s3://website/index.html s3://elsewhere/", "effect-egress"],
    ["aws ssm send-command --document-name AWS-RunShellScript --targets Key=tag:a,Values=b", "effect-execute"],
    ["aws iam create-access-key --user-name alice", "effect-permissions"],
    ["aws cloudtrail stop-logging --name main", "effect-disarm"],
    ["aws configure list", "effect-local"],
  ])("is refused with a hint: %s", async (command, code) => {
    const { error, status } = (await call(command)).data;
    expect({ status, kind: error?.kind, code: error?.code }).toEqual({ status: "error", kind: "refusal", code });
    expect(error?.hint).toMatch(/^[a-z].*[^.]$/);
  });

  it("has done nothing", async () => {
    expect(await run("aws s3 cp s3://website/index.html -")).toBe("<p>hello</p>");
    expect(await run("aws iam list-users --query 'length(Users)'")).toBe("3");
  });
});
