import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needAws, needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { type Connection, connectModern } from "./clients.js";
import { fillMoto } from "./fill-moto.js";
import { pipelineCalls } from "./pipeline-calls.js";

let moto: Moto;
let server: Connection;
let workspace: string;

const { call, run, refused } = pipelineCalls(() => server);

const write = (name: string, text: string): void => writeFileSync(join(workspace, name), text);
const read = (name: string): string => readFileSync(join(workspace, name), "utf8");

beforeAll(async () => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), "workspace-test-")));
  moto = await startMoto(needMoto());
  await fillMoto(moto);
  server = await connectModern({ ...moto.environment, AWS_MCP_AWS_CLI: needAws(), AWS_MCP_WORKDIR: workspace });
});

afterAll(async () => {
  await server.close();
  await moto.stop();
  rmSync(workspace, { recursive: true });
});

describe.concurrent("files of the workspace", () => {
  it("go to a bucket and come back, and the next call reads them", async () => {
    write("report.csv", "a,1\nb,2\nc,3\n");
    await run("aws s3 cp report.csv s3://invoices/ --no-progress");
    expect(await run("aws s3 cp s3://invoices/report.csv copy.csv --no-progress")).toBe(
      "download: s3://invoices/report.csv to ./copy.csv",
    );
    expect(await run("cat copy.csv | wc -l")).toBe("3");
    await run("aws s3 cp s3://invoices/report.csv . --quiet");
    await run("aws s3 cp s3://invoices/report.csv new/folder/again.csv --quiet");
    expect(await run("cat new/folder/again.csv | sort -r | head -n 1")).toBe("c,3");
    expect(await run(`aws s3 cp ${workspace}/report.csv s3://invoices/absolute.csv --quiet`)).toBe("");
    expect(await run("aws s3 cp s3://invoices/absolute.csv - | tail -n 1")).toBe("c,3");
  });

  it("take an outfile, or the next stage does", async () => {
    expect(await run("aws s3api get-object --bucket website --key index.html page.html | jq .ContentLength")).toBe(
      "12",
    );
    expect(await run("cat page.html")).toBe("<p>hello</p>");
    // The CLI writes what it says of the object after the object itself.
    for (const outfile of ["-", "/dev/stdout"])
      expect(await run(`aws s3api get-object --bucket website --key index.html ${outfile} | head -c 12`)).toBe(
        "<p>hello</p>",
      );
    expect(readdirSync(workspace)).not.toContain("-");
  });

  it("are transferred as folders", async () => {
    mkdirSync(join(workspace, "site", "css"), { recursive: true });
    for (const name of ["a.html", "b.html", "c.txt", "css/d.css"]) write(`site/${name}`, name);
    await run("aws s3 sync site s3://website/one --no-progress");
    expect(await run("aws s3 ls s3://website/one/ --recursive | wc -l")).toBe("4");
    await run("aws s3 cp site s3://website/two/ --recursive --exclude '*' --include '*.html' --no-progress");
    expect(
      await run("aws s3api list-objects-v2 --bucket website --prefix two/ --query 'Contents[].Key' --output text"),
    ).toBe("two/a.html\ttwo/b.html");
    await run("aws s3 sync s3://website/one back --no-progress");
    expect(readdirSync(join(workspace, "back")).sort()).toEqual(["a.html", "b.html", "c.txt", "css"]);
    expect(read("back/css/d.css")).toBe("css/d.css");
  });

  it("give parameter values", async () => {
    write("item.json", '{"id":{"S":"7"},"name":{"S":"Grace"}}');
    await run(
      "aws dynamodb create-table --table-name staff --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST",
    );
    await run("aws dynamodb put-item --table-name staff --item file://item.json");
    expect(
      await run(
        `aws dynamodb get-item --cli-input-json '{"TableName":"staff","Key":{"id":{"S":"7"}}}' --query Item.name.S --output text`,
      ),
    ).toBe("Grace");
    write("body.bin", "bytes");
    await run("aws s3api put-object --bucket invoices --key body --body body.bin");
    expect(await run("aws s3 cp s3://invoices/body -")).toBe("bytes");
  });
});

describe("files that are none of the workspace's", () => {
  it.each([
    ["aws s3 cp /etc/passwd s3://invoices/", "file-outside-workspace"],
    ["aws s3 cp ../passwd s3://invoices/", "file-outside-workspace"],
    ["aws s3 cp ~/.aws/credentials s3://invoices/", "file-outside-workspace"],
    ["aws s3 cp .hidden s3://invoices/", "bad-file-name"],
    ["aws s3 cp s3://website/index.html .profile", "bad-file-name"],
    ["aws s3 cp s3://website/index.html /tmp/page.html", "file-outside-workspace"],
    ["aws s3 sync / s3://invoices/", "file-outside-workspace"],
    ["aws s3api get-object --bucket website --key index.html /tmp/page.html", "file-outside-workspace"],
    ["aws s3api get-object --bucket website --key index.html .page", "bad-file-name"],
    ["aws s3api put-object --bucket website --key x --body /etc/passwd", "file-outside-workspace"],
    ["aws dynamodb put-item --table-name staff --item file:///etc/passwd", "file-outside-workspace"],
    ["aws dynamodb put-item --table-name staff --item file://../item.json", "file-outside-workspace"],
    ["aws dynamodb put-item --table-name staff --item file://gone.json", "file-missing"],
    ["aws s3 cp gone.csv s3://invoices/", "file-missing"],
    ["cat /etc/passwd", "file-outside-workspace"],
  ])("are refused: %s", async (command, code) => {
    expect(await refused(command)).toBe(code);
  });

  it("are refused as links, alone and in a folder", async () => {
    symlinkSync("/etc/passwd", join(workspace, "link.txt"));
    mkdirSync(join(workspace, "linked"));
    mkdirSync(join(workspace, "named"));
    write("linked/plain.txt", "x");
    symlinkSync("/etc/passwd", join(workspace, "linked", "link.txt"));
    write("twice.txt", "x");
    linkSync(join(workspace, "twice.txt"), join(workspace, "named", "twice.txt"));
    symlinkSync("/etc", join(workspace, "way"));
    expect(await refused("aws s3 cp link.txt s3://invoices/")).toBe("file-outside");
    expect(await refused("aws s3 cp way/passwd s3://invoices/")).toBe("file-outside");
    expect(await refused("aws s3 cp s3://website/index.html link.txt")).toBe("file-outside");
    expect(await refused("aws s3 cp s3://website/index.html way/page.html")).toBe("file-outside");
    expect(await refused("aws dynamodb put-item --table-name staff --item file://link.txt")).toBe("file-outside");
    for (const folder of ["linked", "named"]) {
      expect(await refused(`aws s3 sync ${folder} s3://invoices/`)).toBe("file-not-regular");
      expect(await refused(`aws s3 cp ${folder} s3://invoices/ --recursive`)).toBe("file-not-regular");
    }
    expect(await run("aws s3 ls s3://invoices/ | grep -c passwd | cat")).toBe("0");
  });
});

describe.concurrent("the CLI's own ways", () => {
  it("read lists as JSON and as shorthand, blanks and equals signs, and abbreviations", async () => {
    await run(
      "aws ec2 create-volume --availability-zone us-east-1a --size=1 --tag-specifications 'ResourceType=volume,Tags=[{Key=a,Value=1}]'",
    );
    const count = "--query 'length(Volumes)'";
    expect(await run(`aws ec2 describe-volumes --filters '[{"Name":"tag:a","Values":["1"]}]' ${count}`)).toBe("1");
    expect(await run(`aws ec2 describe-volumes --filters Name=tag:a,Values=2,3 ${count}`)).toBe("0");
    expect(
      await run(`aws --output=text ec2 describe-volumes --filt=Name=tag:a,Values=1 ${count} --reg us-east-1`),
    ).toBe("1");
    expect(await refused("aws ec2 describe-volumes --no-such 1")).toBe("aws-option-unknown");
    expect(await refused("aws ec2 describe-volumes --c 1")).toBe("aws-option-ambiguous");
    expect(await refused("aws ec2 describe-volums")).toBe("aws-operation-unknown");
  });

  it("wait", async () => {
    expect(await run("aws s3api wait bucket-exists --bucket website")).toBe("");
  });

  it("print skeletons, help and versions, without AWS", async () => {
    expect(await run("aws sqs create-queue --generate-cli-skeleton | jq 'has(\"QueueName\")'")).toBe("true");
    expect(await run("aws sqs create-queue --generate-cli-skeleton input | jq 'has(\"QueueName\")'")).toBe("true");
    expect(await run("aws sqs create-queue --queue-name x --generate-cli-skeleton output | jq -r keys[0]")).toBe(
      "QueueUrl",
    );
    expect(await run("aws --version | cut -d/ -f1")).toBe("aws-cli");
    for (const [words, title] of [
      ["aws help", /is a unified tool to manage/],
      ["aws sqs help", /create-queue/],
      ["aws sqs create-queue help", /--queue-name/],
    ] as const)
      expect(await run(words)).toMatch(title);
  });

  it("compile a query before anything runs, with the caret in it", async () => {
    const { text } = await call("aws ec2 describe-vpcs --query 'Vpcs[?State=available#]'");
    expect(text).toMatch(/^refusal aws-query: /);
    expect(text.split("\n").slice(1, 3)).toEqual([
      "…ribe-vpcs --query 'Vpcs[?State=available#]'",
      "                                         ^",
    ]);
    expect(await refused("aws ec2 describe-vpcs --query 'Vpcs['")).toBe("aws-query");
  });
});
