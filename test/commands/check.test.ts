import { describe, expect, it } from "vitest";
import { runAwspipe } from "./run-awspipe.js";

const ndjson = (lines: readonly unknown[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

const stream = async (input: string, environment = {}) => {
  const { code, out } = await runAwspipe(["check", "--stdin"], { input, environment });
  expect(code).toBe(0);
  return out
    .split("\n")
    .slice(0, -1)
    .map((line): Record<string, unknown> => JSON.parse(line));
};

describe("awspipe check", () => {
  it.each([
    ["aws s3 ls | head -5", 0, /^allow\nruns: aws s3 ls \| head --lines\\?=5\n$/],
    ["aws s3 ls; id", 2, /^problem\nsemicolon: .*\naws s3 ls; id\n {9}\^\nhint: .*\n$/],
    [
      "aws ecr get-login-password",
      3,
      /^ask\neffect-sensitive-read: .*\n.*\n.*\^\nhint: .*\nruns: aws ecr get-login-password\n$/,
    ],
    ["aws iam create-user --user-name x", 4, /^deny\neffect-permissions: .*\n.*\n {8}\^{11}\nhint: .*\nruns: .*\n$/],
    ["aws s3 ls --debug", 4, /^deny\naws-option-refused: .*\naws s3 ls --debug\n {10}\^{7}\nhint: .*\n$/],
    ["", 2, /^problem\nempty-text: /],
  ])("prints the verdict on `%s` and ends with %i", async (command, code, says) => {
    const ended = await runAwspipe(["check", command]);
    expect({ code: ended.code, errors: ended.errors }).toEqual({ code, errors: "" });
    expect(ended.out).toMatch(says);
  });

  it("prints the whole verdict as JSON when asked", async () => {
    const { code, out } = await runAwspipe(["check", "--json", "aws --output json s3 ls | wc -l"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      verdict: "allow",
      code: "allowed",
      message: "every stage is allowed",
      hint: "",
      excerpt: "",
      canonical: [
        ["aws", "s3", "ls", "--output=json"],
        ["wc", "--lines"],
      ],
      effects: ["read", "read"],
      policy: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("judges by the operator's settings", async () => {
    const verdict = async (environment: Record<string, string>, command: string) =>
      (await runAwspipe(["check", command], { environment })).code;
    expect(await verdict({ AWS_MCP_SECURITY_MODE: "read-only" }, "aws ecr get-login-password")).toBe(4);
    expect(await verdict({ AWS_MCP_SECURITY_MODE: "permissive" }, "aws ecr get-login-password")).toBe(0);
    expect(await verdict({ AWS_PROFILE: "dev" }, "aws s3 ls --profile dev")).toBe(0);
    expect(await verdict({ AWS_MCP_ALLOWED_PROFILES: "dev, qa" }, "aws s3 ls --profile qa")).toBe(0);
    expect(await verdict({}, "aws s3 ls --profile qa")).toBe(4);
    const copy = "aws s3 cp s3://mine/a s3://theirs/a";
    expect(await verdict({}, copy)).toBe(3);
    expect(await verdict({ AWS_MCP_ALLOWED_TARGETS: "others, theirs" }, copy)).toBe(0);
    expect(await verdict({ AWS_MCP_ALLOWED_TARGETS: "mine" }, copy)).toBe(3);
    expect(await verdict({ AWS_MCP_SECURITY_MODE: "read-only", AWS_MCP_ALLOWED_TARGETS: "theirs" }, copy)).toBe(4);
    expect(await verdict({ AWS_ENDPOINT_URL: "http://x:1" }, "aws s3 ls --endpoint-url http://x:1")).toBe(0);
  });

  it.each([[["check"]], [["check", "aws", "s3", "ls"]], [["check", "--json"]], [["check", "--stdin", "x"]]])(
    "says how it is called where it is called wrongly: %j",
    async (args) => {
      const { code, out, errors } = await runAwspipe(args);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(errors).toMatch(/^awspipe: give the command as one argument: [^\n]+\n$/);
    },
  );
});

describe("awspipe check --stdin", () => {
  it("answers one line for each line, in order, with its id", async () => {
    const lines = await stream(
      ndjson([
        { id: 3, command: "aws s3 ls" },
        { id: "b", command: "aws s3 ls; id" },
        { id: null, command: "aws iam create-user --user-name x" },
        { command: "aws ecr get-login-password", other: 1 },
      ]),
    );
    expect(lines.map(({ id, verdict }) => [id, verdict])).toEqual([
      [3, "allow"],
      ["b", "problem"],
      [null, "deny"],
      [null, "ask"],
    ]);
    expect(lines.map((line) => Object.keys(line))).toEqual(
      lines.map(() => ["id", "verdict", "code", "message", "hint", "excerpt", "canonical", "effects", "policy"]),
    );
  });

  it("answers a line that is no request, and goes on", async () => {
    const lines = await stream(
      `nonsense\n[]\nnull\n5\n{"id":1}\n{"id":1,"command":5}\n\n   \n{"id":2,"command":"aws s3 ls"}\n`,
    );
    expect(lines.map(({ verdict, code }) => `${verdict} ${code}`)).toEqual([
      ...Array.from({ length: 6 }, () => "problem not-a-request"),
      "allow allowed",
    ]);
  });

  it("takes a last line without its newline, lines that end as on Windows, and no line at all", async () => {
    expect(
      (await stream('{"id":1,"command":"aws s3 ls"}\r\n{"id":2,"command":"aws s3 ls"}')).map(({ id }) => id),
    ).toEqual([1, 2]);
    expect(await stream("")).toEqual([]);
  });

  it("keeps a command in one piece that has newlines and line separators in it", async () => {
    const commands = [
      "aws s3 \\\nls",
      "aws s3 ls\n",
      "aws s3 ls 's3://b/\u2028'",
      "echo \u2029",
      "echo \u0085",
      "echo é€😀",
    ];
    const lines = await stream(ndjson(commands.map((command, id) => ({ id, command }))));
    expect(lines.map(({ id }) => id)).toEqual(commands.map((_, id) => id));
    expect(lines[5]?.canonical).toEqual([["echo", "é€😀"]]);
  });

  it("judges 20,000 lines", async () => {
    const commands = [
      "aws s3 ls | sort | head -5",
      "aws iam create-user --user-name x",
      "aws s3 ls; id",
      "aws ec2 describe-instances --query 'Reservations[]' | jq -r '.[]'",
    ];
    const input = ndjson(Array.from({ length: 20_000 }, (_, id) => ({ id, command: commands[id % 4] })));
    const started = performance.now();
    const lines = await stream(input);
    console.log(
      `check --stdin: ${Math.round(20_000 / ((performance.now() - started) / 1000))} commands a second, start included`,
    );
    expect(lines.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
      Array.from({ length: 20_000 }, (_, id) => `${id} ${["allow", "deny", "problem", "allow"][id % 4]}`),
    );
  });
});
