import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KeptResult, keptResult } from "../../../src/kept-result.js";
import { type Bench, benchMachine } from "../../executor/bench-machine.js";
import { needAws, needMoto } from "../../provision/needs.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";

let moto: Moto;
let bench: Bench;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  bench = benchMachine({ maxOutput: 600, cli: needAws(), operator: moto.environment });
  await run("aws s3 mb s3://kept");
  await run("seq 1 300 | tee numbers.txt");
});

afterAll(async () => {
  bench.remove();
  await moto.stop();
});

const result = async (command: string) => {
  const ran = await bench.run(command);
  expect([command, ...ran.stages.map(({ exit, stderr }) => [exit, stderr])]).toEqual([
    command,
    ...ran.stages.map(() => [{ kind: "exited", code: 0 }, ""]),
  ]);
  return ran;
};

const run = async (command: string): Promise<string> => (await result(command)).output.text;

const keep = async (command: string): Promise<KeptResult> => {
  const kept = keptResult((await result(command)).output, { owner: "local", at: 0, command });
  if (kept === undefined) throw new Error("nothing was kept");
  return kept;
};

describe("a kept result in commands of the AWS CLI", () => {
  it("goes to a bucket as it is, and comes back elsewhere", async () => {
    await run("aws s3 cp numbers.txt s3://kept/numbers.txt --quiet");
    const { id } = await keep("aws s3 cp s3://kept/numbers.txt -");
    await run(`aws s3 cp @result/${id} s3://kept/again --quiet`);
    expect(await run(`aws s3 cp s3://kept/again - | cmp - @result/${id}`)).toBe("");
  });

  it("is a body, and one of a folder's files", async () => {
    const { id, path } = await keep("seq 1 300");
    await run(`aws s3api put-object --bucket kept --key third --body @result/${id} --query ETag`);
    expect(await run("aws s3 cp s3://kept/third - | wc -l")).toBe("300\n");
    await run("aws s3 sync @result s3://kept/results --quiet");
    expect(await run("aws s3 ls s3://kept/results/")).toContain(id);
    await run("aws s3 cp s3://kept/third copies/ --quiet");
    expect(readFileSync(join(bench.machine.workspace, "copies/third"))).toEqual(readFileSync(path));
  });

  it("is a parameter, alone and in a shorthand value", async () => {
    const { id } = await keep("seq 1 300");
    await run(`aws ssm put-parameter --name whole --type String --value file://@result/${id} --query Version`);
    expect(await run("aws ssm get-parameter --name whole --query Parameter.Value --output text | wc -c")).toBe(
      "1093\n",
    );
    const key = "AttributeName=id,AttributeType=S";
    await run(
      `aws dynamodb create-table --table-name t --billing-mode PAY_PER_REQUEST --attribute-definitions ${key} --key-schema AttributeName=id,KeyType=HASH --query TableDescription.TableName`,
    );
    await run(`aws dynamodb put-item --table-name t --item 'id={S@=file://@result/${id}}'`);
    expect(await run("aws dynamodb scan --table-name t --query 'length(Items[0].id.S)'")).toBe("1092\n");
  });

  it("is JSON that jq reads", async () => {
    const kept = await keep("aws ec2 describe-regions --output json");
    expect(kept).toMatchObject({ json: true, exact: true });
    expect(await run(`cat @result/${kept.id} | jq '.Regions | length > 10'`)).toBe("true\n");
  });

  it("stays behind when the whole workspace is sent, and nothing joins it that is downloaded", async () => {
    const { id } = await keep("seq 1 300");
    await run("aws s3 sync . s3://kept/backup --quiet");
    expect(await run("aws s3 ls s3://kept/backup/ --recursive")).not.toContain("@result");
    await run("aws s3 cp numbers.txt s3://kept/down/plain.txt --quiet");
    await run(`aws s3 cp numbers.txt s3://kept/down/@result/${id} --quiet`);
    await run("aws s3 cp numbers.txt s3://kept/down/@Result/evil --quiet");
    const { files } = await result("aws s3 cp s3://kept/down/ . --recursive --quiet");
    const reason = (name: string) => ({
      path: name,
      reason: `\`${name}\` lies where the server keeps results, and nothing comes in there`,
    });
    expect(files.written).toEqual(["plain.txt"]);
    expect([...files.leftOut].sort((one, other) => (one.path < other.path ? -1 : 1))).toEqual([
      reason("@Result"),
      reason("@result"),
    ]);
    expect(readdirSync(bench.machine.workspace)).not.toContain("@Result");
    expect(readdirSync(join(bench.machine.workspace, "@result"))).not.toContain("evil");
  });
});
