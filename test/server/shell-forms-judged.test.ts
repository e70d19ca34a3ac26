import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needAws, needMoto } from "../provision/needs.js";
import { ACCEPT, elicitations, initializeWith, questionIn, rawEras, sendModern } from "./approval-raw.js";
import { type Connection, connectModern, type Settings } from "./clients.js";
import { pipelineCalls } from "./pipeline-calls.js";
import { type RawServer, startRawServer } from "./raw-server.js";
import { startWatchedMoto, type WatchedMoto } from "./watched-moto.js";

let moto: WatchedMoto;
let settings: Settings;

beforeAll(async () => {
  moto = await startWatchedMoto(needMoto());
  settings = { ...moto.environment, AWS_MCP_AWS_CLI: needAws() };
});

afterAll(() => moto.stop());

/** What reached AWS while the work was done. */
const askedBy = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  const before = moto.asked().length;
  await work();
  return moto.asked().slice(before);
};

const NAMES = "aws s3api list-buckets --query 'Buckets[].Name' --output text";

const WITH_EXPANSION = [
  "aws s3api delete-bucket --bucket $(echo website)",
  "aws s3 rm s3://website/$(echo index.html)",
  `aws s3api delete-bucket --bucket "$(${NAMES})"`,
  `${NAMES} | xargs -n 1 aws s3api delete-bucket --bucket`,
  `${NAMES} | xargs -I {} aws s3 rb s3://website --region us-east-1`,
  "echo $(aws s3 rb s3://website)",
  "echo $(echo $(aws s3api delete-bucket --bucket $(echo website)))",
  "aws s3 rb s3://website && echo $(aws s3 ls)",
  "echo $(aws s3 ls); aws s3 rb s3://website",
  `aws s3 rb s3://website || ${NAMES} | xargs -n 1 echo`,
];

const AFTER_EFFECT = [
  "aws s3 mb s3://made-before && aws s3 rb s3://website",
  "aws s3 mb s3://made-before\naws s3 rb s3://website",
  "aws s3 ls; aws s3 mb s3://made-before || echo; aws s3 ls || aws s3 rb s3://website",
  "aws s3 rb s3://website; aws s3 rb s3://invoices",
  "echo a | tee notes.txt; aws s3 rb s3://website",
];

describe.each(rawEras)("a person, asked in $name", (era) => {
  let server: RawServer;
  beforeAll(async () => {
    server = startRawServer(settings);
    await era.connect(server);
  });
  afterAll(async () => {
    server.child.stdin.end();
    await server.ended;
  });
  const year = era.name.includes("2026") ? "new" : "old";

  it.each([
    ...WITH_EXPANSION.map((command) => [command, /^ask-(with-expansion|after-effect)$/] as const),
    ...AFTER_EFFECT.map((command) => [command, /^ask-after-effect$/] as const),
  ])(
    "is not asked about what is not written out or stands after a change, and nothing runs: %s",
    async (command, code) => {
      const before = elicitations(server).length;
      const asked = await askedBy(async () => {
        const outcome = await era.call(server, { command });
        expect(outcome).toMatchObject({ status: "error", output: "" });
        expect(outcome.code).toMatch(code);
      });
      expect([asked, elicitations(server).length - before]).toEqual([[], 0]);
    },
  );

  it("is asked once for a whole list, sees all of it, and all of it runs after the yes", async () => {
    await era.call(server, { command: `aws s3 mb s3://to-remove-${year}` });
    const before = elicitations(server).length;
    const command = `aws s3 rb 's3://to-remove-${year}' && aws s3 mb s3://made-after-${year} || echo never; aws s3 ls | grep ${year} 2>&1 | wc -l`;
    const asked = await askedBy(async () => {
      const { message, reply } = await era.ask(server, { command });
      expect(message.split("\n")).toEqual([
        "Approve this AWS command?",
        "effect: destroy",
        "account: 123456789012",
        "profile: default",
        "region: us-east-1",
        "service: s3",
        "operation: rb",
        expect.stringMatching(/^as: arn:aws:/),
        expect.stringMatching(/^why: `aws s3 rb` is `destroy`: /),
        `command: aws s3 rb s3://to-remove-${year} && aws s3 mb s3://made-after-${year} || echo never; aws s3 ls | grep -- ${year} 2>&1 | wc --lines`,
        expect.stringMatching(/^digest: [0-9a-f]{16}$/),
      ]);
      expect(await reply(ACCEPT)).toMatchObject({
        status: "success",
        output: `remove_bucket: to-remove-${year}\nmake_bucket: made-after-${year}\n1\n`,
      });
    });
    expect(asked).toEqual([
      `s3 DELETE /to-remove-${year}`,
      `s3 PUT /made-after-${year}`,
      expect.stringMatching(/^s3 GET \/(\?|$)/),
    ]);
    expect(elicitations(server).length - before).toBe(year === "old" ? 1 : 0);
  });

  it("says no, and none of the list runs", async () => {
    const asked = await askedBy(async () => {
      const { reply } = await era.ask(server, { command: "aws s3 ls; aws s3 rb s3://website" });
      expect(await reply({ action: "decline" })).toMatchObject({ status: "error", code: "approval-declined" });
    });
    expect(asked).toEqual([]);
  });
});

describe("an approval of a list", () => {
  it("is none for the same commands joined otherwise", async () => {
    const server = startRawServer(settings);
    const question = await sendModern(server, { command: "aws s3 rb s3://website && aws s3 ls" });
    const { state } = questionIn(question);
    const asked = await askedBy(async () => {
      for (const command of [
        "aws s3 rb s3://website || aws s3 ls",
        "aws s3 rb s3://website; aws s3 ls",
        "aws s3 rb s3://website | aws s3 ls",
        "aws s3 rb s3://website 2>/dev/null && aws s3 ls",
      ]) {
        const more = { inputResponses: { approval: ACCEPT }, requestState: state };
        const { result } = await sendModern(server, { command }, more);
        expect([command, result]).toMatchObject([command, { structuredContent: { status: "error" } }]);
      }
    });
    expect(asked).toEqual([]);
    server.child.stdin.end();
    await server.ended;
  });
});

describe("a client that cannot ask", () => {
  it("gets a refusal for the whole list", async () => {
    const server = startRawServer(settings);
    await initializeWith(server, {});
    const asked = await askedBy(async () => {
      const outcome = await rawEras[1]?.call(server, { command: "aws s3 ls; aws s3 rb s3://website" });
      expect(outcome).toMatchObject({ status: "error", code: "effect-destroy", output: "" });
    });
    expect(asked).toEqual([]);
    server.child.stdin.end();
    await server.ended;
  });
});

describe.each([
  { approval: "deny", code: /^(effect-destroy|ask-with-expansion)$/ },
  { approval: "client", code: /^ask-(with-expansion|after-effect)$/ },
])("with AWS_MCP_APPROVAL=$approval", ({ approval, code }) => {
  it("nothing runs of what a person would not be asked about", async () => {
    const server = await connectModern({ ...settings, AWS_MCP_APPROVAL: approval });
    const { call } = pipelineCalls(() => server);
    const asked = await askedBy(async () => {
      for (const command of [...WITH_EXPANSION, ...AFTER_EFFECT]) {
        const { status, error } = (await call(command)).data;
        expect([command, status, error?.code]).toEqual([command, "error", expect.stringMatching(code)]);
      }
    });
    expect(asked).toEqual([]);
    await server.close();
  });
});

describe("with AWS_MCP_APPROVAL=client", () => {
  let server: Connection;
  beforeAll(async () => {
    server = await connectModern({ ...settings, AWS_MCP_APPROVAL: "client" });
  });
  afterAll(() => server.close());
  const { call, refused } = pipelineCalls(() => server);

  it("a list that is written out runs as the client has confirmed it, with a warning", async () => {
    await call("aws s3 mb s3://by-client");
    const { data } = await call("aws s3 rb s3://by-client && aws s3 ls | grep -c by-client || echo gone");
    expect(data).toMatchObject({
      status: "success",
      output: "remove_bucket: by-client\n0\ngone\n",
      warnings: ["`aws s3 rb` is `destroy`: deletes a bucket"],
    });
  });

  it("what may never run does not, in whatever form", async () => {
    const asked = await askedBy(async () => {
      expect([
        await refused("echo $(aws iam create-access-key --user-name alice)"),
        await refused("echo alice | xargs aws iam create-access-key --user-name"),
        await refused("aws s3 ls && aws configure list"),
      ]).toEqual(["effect-permissions", "effect-permissions", "effect-local"]);
    });
    expect(asked).toEqual([]);
  });
});

describe("aws_cli_read", () => {
  let server: Connection;
  beforeAll(async () => {
    server = await connectModern(settings);
  });
  afterAll(() => server.close());
  const read = (command: string) => server.call({ name: "aws_cli_read", arguments: { command } });

  it.each([
    ["echo $(aws s3 mb s3://by-read)", "effect-write"],
    [`${NAMES} | xargs -I {} aws s3api put-bucket-tagging --bucket {} --tagging TagSet=[]`, "effect-write"],
    ["echo by-read | xargs aws s3api create-bucket --bucket", "effect-write"],
    ["aws s3 ls; aws s3 mb s3://by-read", "effect-write"],
    ["aws s3 ls s3://nowhere || aws s3 rb s3://website", "effect-destroy"],
    ["aws s3 ls | tee names.txt", "aws-outfile-refused"],
    ["echo $(aws s3 ls | tee names.txt)", "aws-outfile-refused"],
    ["aws ssm get-parameter --with-decryption --name $(echo x)", "effect-sensitive-read"],
  ])("does not run what changes something, wherever it stands: %s", async (command, code) => {
    const asked = await askedBy(async () => {
      expect((await read(command)).data).toMatchObject({ status: "error", output: "", error: { code } });
    });
    expect(asked).toEqual([]);
  });

  it("runs reads in all of these forms", async () => {
    const { data } = await read(
      `${NAMES} | xargs -n 1 aws s3api get-bucket-location --query LocationConstraint --output text --bucket; aws s3 cp s3://website/$(echo index.html) -`,
    );
    expect(data).toMatchObject({ status: "success", output: expect.stringMatching(/^(None\n){3,}<p>hello<\/p>$/) });
  });
});

describe("in mode permissive", () => {
  it("the worst of what data may make of a command runs, with a warning for each", async () => {
    const server = await connectModern({ ...settings, AWS_MCP_SECURITY_MODE: "permissive" });
    const { call } = pipelineCalls(() => server);
    const { data } = await call(
      "aws s3 mb s3://permitted && aws s3api delete-bucket --bucket $(echo permitted); echo website/index.html | xargs -I {} aws s3 rm s3://website/{} --dryrun",
    );
    expect(data).toMatchObject({
      status: "success",
      warnings: [
        expect.stringMatching(/^`aws s3api delete-bucket` is `destroy`/),
        expect.stringMatching(/^`aws s3 rm` is `destroy`/),
      ],
    });
    await server.close();
  });
});
