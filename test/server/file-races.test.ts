import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
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
let root: string;
let workspace: string;
let outside: string;

const { call, run, refused } = pipelineCalls(() => server);
const write = (name: string, text: string): void => writeFileSync(join(workspace, name), text);

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "file-races-")));
  [workspace, outside] = [join(root, "workspace"), join(root, "outside")];
  for (const folder of [workspace, outside]) mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(outside, "secret.txt"), "secret");
  moto = await startMoto(needMoto());
  await fillMoto(moto);
  server = await connectModern({ ...moto.environment, AWS_MCP_AWS_CLI: needAws(), AWS_MCP_WORKDIR: workspace });
  await run(
    "aws dynamodb create-table --table-name races --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST",
  );
});

afterAll(async () => {
  await server.close();
  await moto.stop();
  rmSync(root, { recursive: true });
});

/** Does something so many milliseconds after the call has been sent, and gives the call's answer. */
const meanwhile = async (command: string, milliseconds: number, work: () => void) => {
  const answer = call(command);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  work();
  return answer;
};

const TIMES = [0, 50, 150, 500];

describe("a parameter file that is rewritten after the call", () => {
  it.each(TIMES)("after %i ms changes nothing of what is sent", async (milliseconds) => {
    const [name, id] = [`item-${milliseconds}.json`, `r${milliseconds}`];
    write(name, `{"id":{"S":"${id}"},"was":{"S":"judged"}}`);
    const swap = () => {
      writeFileSync(join(outside, name), `{"id":{"S":"${id}"},"was":{"S":"swapped"}}`);
      renameSync(join(outside, name), join(workspace, name));
    };
    // On a busy machine the file may be read after it was rewritten; then it counts as whole as it was read.
    const { data } = await meanwhile(
      `aws dynamodb put-item --table-name races --item file://${name}`,
      milliseconds,
      swap,
    );
    expect(data.status).toBe("success");
    const was = await run(
      `aws dynamodb get-item --table-name races --key '{"id":{"S":"${id}"}}' --query Item.was.S --output text`,
    );
    expect(milliseconds < 500 ? ["judged", "swapped"] : ["judged"]).toContain(was);
  });

  it.each(TIMES.slice(1))("after %i ms cannot open what was judged closed", async (milliseconds) => {
    const group = await run(
      `aws ec2 create-security-group --group-name g${milliseconds} --description d --query GroupId --output text`,
    );
    const rule = (cidr: string) =>
      JSON.stringify([{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: cidr }] }]);
    write("rule.json", rule("10.0.0.0/8"));
    const command = `aws ec2 authorize-security-group-ingress --group-id ${group} --ip-permissions file://rule.json`;
    const { data } = await meanwhile(command, milliseconds, () => write("rule.json", rule("0.0.0.0/0")));
    if (milliseconds === 500) expect(data.status).toBe("success");
    if (data.status === "error") expect(data.error?.code).toBe("effect-permissions");
    const open = `aws ec2 describe-security-groups --group-ids ${group} --query 'SecurityGroups[].IpPermissions[].IpRanges[].CidrIp' --output text`;
    expect(await run(open)).toBe(data.status === "success" ? "10.0.0.0/8" : "");
    expect(await refused(command)).toBe("effect-permissions");
  });

  it("is judged by what it holds, in every way to name it", async () => {
    const open = { GroupId: "sg-1", IpPermissions: [{ IpProtocol: "tcp", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }] };
    write("open.json", JSON.stringify(open.IpPermissions));
    write("input.json", JSON.stringify(open));
    write("cidr.txt", "0.0.0.0/0");
    write("shorthand.json", '[{"IpProtocol":"tcp","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]');
    const begin = "aws ec2 authorize-security-group-ingress";
    for (const rest of [
      "--group-id sg-1 --ip-permissions file://open.json",
      "--group-id sg-1 --ip-permissions=file://./open.json",
      `--group-id sg-1 --ip-permissions file://${workspace}/open.json`,
      "--cli-input-json file://input.json",
      "--group-id sg-1 --protocol tcp --port 22 --cidr file://cidr.txt",
      "--group-id sg-1 --ip-permissions 'IpProtocol=tcp,IpRanges=[{CidrIp@=file://cidr.txt}]'",
      "--group-id sg-1 --ip-permissions file://shorthand.json",
    ])
      expect([rest, await refused(`${begin} ${rest}`)]).toEqual([rest, "effect-permissions"]);
  });

  it.each([
    ["duplicate keys in a value", "--ip-permissions file://twice.json", "value-duplicate-key"],
    ["duplicate keys in the whole input", "--cli-input-json file://twice-input.json", "value-duplicate-key"],
    ["members that no option has", "--cli-input-json file://other.json", "aws-input-json"],
    ["no JSON", "--ip-permissions file://broken.json", "value-json"],
    ["text in another encoding", "--ip-permissions file://latin.json", "file-not-text"],
    ["more than 1 MiB", "--ip-permissions file://large.json", "file-too-large"],
    [
      "a file that names another file elsewhere",
      "--ip-permissions 'IpProtocol@=file:///etc/passwd'",
      "file-outside-workspace",
    ],
  ])("is refused where it holds %s", async (_, rest, code) => {
    write("twice.json", '[{"IpRanges":[{"CidrIp":"10.0.0.0/8","CidrIp":"0.0.0.0/0"}]}]');
    write("twice-input.json", '{"GroupId":"sg-1","GroupId":"sg-2"}');
    write("other.json", '{"GroupId":"sg-1","Surprise":1}');
    write("broken.json", "[{]");
    writeFileSync(join(workspace, "latin.json"), Buffer.from('[{"IpProtocol":"\xe9"}]', "latin1"));
    write("large.json", `[${" ".repeat(2 ** 20)}]`);
    const group = rest.includes("--cli-input") ? "" : "--group-id sg-1";
    expect(await refused(`aws ec2 authorize-security-group-ingress ${group} ${rest}`)).toBe(code);
  });
});

describe("a file inside of a structure", () => {
  const spellings = (path: string) => [
    `'Name@=${path}'`,
    `'Name @= ${path}'`,
    `'Name @=${path},Values=x'`,
    `'Name@= "${path}"'`,
    `'Name @= "${path}"'`,
    `"Name@='${path}'"`,
    `'Values=[a],Name @= ${path}'`,
    `'Name=x,Values@=${path}'`,
    `'Name=x,Values=[{a@=${path}}]'`,
  ];

  it("is one of the workspace in every spelling, or is refused", async () => {
    for (const path of [
      "file:///etc/passwd",
      `file://${join(outside, "secret.txt")}`,
      "file://../outside/secret.txt",
      "fileb:///etc/passwd",
    ])
      for (const filter of spellings(path))
        expect([filter, (await call(`aws ec2 describe-vpcs --filters ${filter}`)).data.error?.code]).toEqual([
          filter,
          "file-outside-workspace",
        ]);
  });

  it("is sent as it was read", async () => {
    write("filter.txt", "isDefault");
    for (const filter of [`'Name@=file://filter.txt,Values=true'`, `'Name @= file://filter.txt,Values=true'`])
      expect(await run(`aws ec2 describe-vpcs --filters ${filter} --query 'length(Vpcs)'`)).toBe("1");
  });
});

describe("a link that somebody plants", () => {
  it.each(TIMES)("at an outfile, %i ms after the call, is replaced and not followed", async (milliseconds) => {
    const name = `page-${milliseconds}.html`;
    const plant = () => {
      rmSync(join(workspace, name), { force: true });
      symlinkSync(join(outside, "secret.txt"), join(workspace, name));
    };
    const command = `aws s3api get-object --bucket website --key index.html ${name}`;
    const { data } = await meanwhile(command, milliseconds, plant);
    expect(readFileSync(join(outside, "secret.txt"), "utf8")).toBe("secret");
    if (data.status === "success") {
      expect(lstatSync(join(workspace, name)).isFile()).toBe(true);
      expect(readFileSync(join(workspace, name), "utf8")).toBe("<p>hello</p>");
    } else expect([data.error?.code, milliseconds]).toEqual(["file-outside", 0]);
  });

  it.each(TIMES)("on the way to an outfile, %i ms after the call, is not followed", async (milliseconds) => {
    const name = `way-${milliseconds}`;
    const command = `aws s3 cp s3://website/index.html ${name}/page.html --quiet`;
    const { data, text } = await meanwhile(command, milliseconds, () => symlinkSync(outside, join(workspace, name)));
    expect(readdirSync(outside)).toEqual(["secret.txt"]);
    if (data.status === "success") {
      expect(data.left_out).toEqual([
        { path: `${name}/page.html`, reason: expect.stringContaining("leads out of the workspace") },
      ]);
      expect(text).toContain("left out: ");
    } else expect(data.error?.code).toBe("file-outside");
  });

  it("before the call is refused, at an outfile and in a tree", async () => {
    symlinkSync(join(outside, "secret.txt"), join(workspace, "planted.html"));
    expect(await refused("aws s3api get-object --bucket website --key index.html planted.html")).toBe("file-outside");
    mkdirSync(join(workspace, "tree", "inner"), { recursive: true });
    write("tree/a.txt", "a");
    symlinkSync(join(outside, "secret.txt"), join(workspace, "tree", "inner", "link.txt"));
    for (const command of ["aws s3 sync tree s3://website/tree", "aws s3 cp tree s3://website/tree --recursive"])
      expect(await refused(command)).toBe("file-not-regular");
    rmSync(join(workspace, "tree", "inner", "link.txt"));
    symlinkSync(outside, join(workspace, "tree", "inner", "linked"));
    expect(await refused("aws s3 sync tree s3://website/tree")).toBe("file-not-regular");
    expect(await run("aws s3 ls s3://website/ --recursive | grep -c tree | cat")).toBe("0");
  });

  it.each(TIMES)("inside a tree, %i ms after the call, sends nothing from elsewhere", async (milliseconds) => {
    const tree = `tree-${milliseconds}`;
    mkdirSync(join(workspace, tree));
    write(`${tree}/a.txt`, "a");
    const plant = () => {
      symlinkSync(join(outside, "secret.txt"), join(workspace, tree, "link.txt"));
      symlinkSync(outside, join(workspace, tree, "folder"));
    };
    await meanwhile(`aws s3 sync ${tree} s3://website/${tree} --no-progress`, milliseconds, plant);
    const keys = (await call(`aws s3 ls s3://website/${tree}/ --recursive | cut -c32-`)).data.output;
    expect(keys.split("\n").filter((key) => key !== "" && !key.endsWith("a.txt"))).toEqual([]);
  });
});

describe("what comes into the workspace", () => {
  it("joins what is there, without names that begin with a dot", async () => {
    for (const key of ["in/a.txt", "in/.ssh/key", "in/.profile", "in/b/c.txt"])
      await run(`echo ${key} | aws s3 cp - s3://invoices/${key}`);
    mkdirSync(join(workspace, "in", "b"), { recursive: true });
    write("in/kept.txt", "kept");
    write("in/a.txt", "old");
    const { data } = await call("aws s3 sync s3://invoices/in in --no-progress | wc -l");
    expect(data.written?.toSorted()).toEqual(["in/a.txt", "in/b/c.txt"]);
    expect(data.left_out?.map(({ path }) => path).toSorted()).toEqual(["in/.profile", "in/.ssh"]);
    expect(readFileSync(join(workspace, "in", "a.txt"), "utf8")).toBe("in/a.txt\n");
    expect(readdirSync(join(workspace, "in")).sort()).toEqual(["a.txt", "b", "kept.txt"]);
  });

  it("is nothing when the call was stopped", async () => {
    const { data } = await call("aws s3api get-object --bucket website --key index.html stopped.html | wc -c");
    expect(data.written).toEqual(["stopped.html"]);
    rmSync(join(workspace, "stopped.html"));
    const stop = new AbortController();
    const stopped = server.call(
      {
        name: "aws_cli_pipeline",
        arguments: { command: "aws s3api get-object --bucket website --key index.html stopped.html" },
      },
      { signal: stop.signal },
    );
    setTimeout(() => stop.abort(), 300);
    await expect(stopped).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(existsSync(join(workspace, "stopped.html"))).toBe(false);
  });

  it("is never what another stage of the same call reads", async () => {
    write("next.json", '{"id":{"S":"next"},"was":{"S":"judged"}}');
    await run(`echo '{"id":{"S":"next"},"was":{"S":"downloaded"}}' | aws s3 cp - s3://invoices/next.json`);
    await run(
      "aws s3api get-object --bucket invoices --key next.json next.json | aws dynamodb put-item --table-name races --item file://next.json",
    );
    const key = `'{"id":{"S":"next"}}'`;
    expect(await run(`aws dynamodb get-item --table-name races --key ${key} --query Item.was.S --output text`)).toBe(
      "judged",
    );
    expect(readFileSync(join(workspace, "next.json"), "utf8")).toContain("downloaded");
  });

  it("leaves nothing in the private folders", async () => {
    await run("aws s3 cp s3://website/index.html left.html --quiet");
    const log = /"workspace":"([^"]+)"/.exec(server.log())?.[1];
    expect(log).toBe(workspace);
    const private_ = readdirSync(tmpdir()).filter((name) => name.startsWith("awspipe-"));
    const runs = private_.flatMap((name) =>
      existsSync(join(tmpdir(), name, "runs")) ? readdirSync(join(tmpdir(), name, "runs")) : [],
    );
    expect(runs.filter((name) => existsSync(join(tmpdir(), name)))).toEqual([]);
  });
});

describe("`s3 mv` of a file", () => {
  it("takes the file out of the workspace when it is approved by the client", async () => {
    const moving = await connectModern({
      ...moto.environment,
      AWS_MCP_AWS_CLI: needAws(),
      AWS_MCP_WORKDIR: workspace,
      AWS_MCP_APPROVAL: "client",
    });
    const calls = pipelineCalls(() => moving);
    try {
      write("moved.txt", "moved");
      const { data } = await calls.call("aws s3 mv moved.txt s3://invoices/moved.txt --no-progress");
      expect(data).toMatchObject({ status: "success", warnings: [expect.stringContaining("`destroy`")] });
      expect(existsSync(join(workspace, "moved.txt"))).toBe(false);
      expect(await calls.run("aws s3 cp s3://invoices/moved.txt -")).toBe("moved");
    } finally {
      await moving.close();
    }
  });
});
