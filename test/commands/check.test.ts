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
    ["aws s3 ls | head -5", 0, /^allow\nruns: aws s3 ls \| head --lines=5\n$/],
    [
      "aws s3 ls 2>&1 && echo 'a b' >/dev/null || aws iam create-user --user-name $(date +u%F); echo",
      4,
      /^deny\neffect-permissions: .*\n.*\n.*\^\nhint: .*\nruns: aws s3 ls 2>&1 && echo 'a b' >\/dev\/null \|\| aws iam create-user "--user-name=\$\(…\)"; echo\n$/,
    ],
    ["aws s3 ls & id", 2, /^problem\nbackground: .*\naws s3 ls & id\n {10}\^\nhint: .*\n$/],
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
      runs: "aws s3 ls --output=json | wc --lines",
      effects: ["read", "read"],
      policy: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    [
      "a list",
      '$ aws s3 ls && aws s3 mb s3://new-1 2>/dev/null || echo "no $AWS_REGION" # why\necho done >/dev/null',
      0,
      `allow
runs: aws s3 ls && aws s3 mb s3://new-1 2>/dev/null || echo 'no us-east-1'; echo done >/dev/null
note: the prompt \`$\` before the command was left out
1. first
  aws s3 ls
    does: read, in us-east-1
    reads no input, writes to the answer
2. if the status so far is 0
  aws s3 mb s3://new-1
    does: write, in us-east-1
    reads no input, writes to the answer, errors to nowhere
3. if the status so far is not 0
  echo 'no us-east-1'
    does: computes
    reads no input, writes to the answer
4. then, whatever the status
  echo done
    does: computes
    reads no input, writes to nowhere
`,
    ],
    [
      "nested substitutions",
      'aws s3 cp "s3://b/$(date -u -d "$(echo tomorrow; true)" +%F)" - --profile $AWS_PROFILE | grep -c $(echo x) >&2',
      0,
      `allow
runs: aws s3 cp "s3://b/$(…)" - | grep --count -- "$(…)" >&2
1. first
  before it, for \`$(…)\`:
    1.1.1. first
      before it, for \`$(…)\`:
        1.1.1.1. first
          echo tomorrow
            does: computes
            reads no input, writes to the words of the command
        1.1.1.2. then, whatever the status
          true
            does: computes
            reads no input, writes to the words of the command
      date --utc "--date=$(…)" -- +%F
        does: computes
        reads no input, writes to the words of the command
        judged again when the output of \`$(…)\` is known
  before it, for \`$(…)\`:
    1.2.1. first
      echo x
        does: computes
        reads no input, writes to the words of the command
  aws s3 cp "s3://b/$(…)" -
    does: read, in us-east-1 as profile default
    reads no input, writes to the next command
    judged again when the output of \`$(…)\` is known
  grep --count -- "$(…)"
    does: computes
    reads the command before, writes to its error stream
    judged again when the output of \`$(…)\` is known
`,
    ],
    [
      "xargs",
      "cat </dev/null |& xargs -P 4 -I {} aws s3api get-bucket-acl --bucket {} 2>&1 | xargs -n 2 echo a; aws --version | xargs",
      0,
      `allow
runs: cat </dev/null 2>&1 | xargs -P 4 -I '{}' aws s3api get-bucket-acl --bucket={} 2>&1 | xargs -n 2 echo a {}; aws --version | xargs echo {}
1. first
  cat
    does: computes
    reads no input, writes to the next command, errors to the next command
  xargs -P 4 -I '{}' aws s3api get-bucket-acl --bucket={}
    does: read
    reads the command before, writes to the next command, errors to the next command
    for each line of its input runs: aws s3api get-bucket-acl --bucket {}
    each of these runs is judged again with its items
  xargs -n 2 echo a {}
    does: computes
    reads the command before, writes to the answer
    for every 2 items of its input runs: echo a {}
    each of these runs is judged again with its items
2. then, whatever the status
  aws --version
    does: shows the version
    reads no input, writes to the next command
  xargs echo {}
    does: computes
    reads the command before, writes to the answer
    for as many items as fit of its input runs: echo {}
    each of these runs is judged again with its items
`,
    ],
    [
      "a stage that is refused, and one that nobody could be asked about",
      "aws s3 mb s3://a | sort --reverce; aws s3 rb s3://a",
      4,
      `deny
unknown-option: \`sort\` has no option \`--reverce\`
aws s3 mb s3://a | sort --reverce; aws s3 rb s3://a
                        ^^^^^^^^^
hint: did you mean \`--reverse\`?
1. first
  aws s3 mb s3://a
    does: write, in us-east-1
    reads no input, writes to the next command
  sort --reverce
    reads the command before, writes to the answer
    deny unknown-option: \`sort\` has no option \`--reverce\`
2. then, whatever the status
  aws s3 rb s3://a
    does: destroy, in us-east-1
    reads no input, writes to the answer
    ask effect-destroy: \`aws s3 rb\` is \`destroy\`: deletes a bucket
    deny ask-after-effect: \`aws s3 rb\` is \`destroy\`: deletes a bucket, and it stands after a command that changes something
`,
    ],
    [
      "a text that cannot be read",
      "```\naws s3 ls &\n```",
      2,
      `problem
background: \`&\` would run the command in the background
aws s3 ls &
          ^
hint: write a semicolon, commands run one after the other: \`date; aws s3 ls\`; quote a literal one: \`aws s3api list-buckets --query 'sort_by(Buckets, &Name)'\`
note: a Markdown fence around the command was left out
`,
    ],
  ])("explains stage by stage what would run: %s", async (_, command, code, out) => {
    expect(await runAwspipe(["check", "--explain", command])).toMatchObject({ code, out, errors: "" });
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

  it.each([
    [["check"]],
    [["check", "aws", "s3", "ls"]],
    [["check", "--json"]],
    [["check", "--explain"]],
    [["check", "--json", "--explain", "x"]],
    [["check", "--stdin", "x"]],
  ])("says how it is called where it is called wrongly: %j", async (args) => {
    const { code, out, errors } = await runAwspipe(args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(errors).toMatch(/^awspipe: give the command as one argument: [^\n]+\n$/);
  });
});

describe("awspipe check --stdin", () => {
  it("answers one line for each line, in order, with its id", async () => {
    const lines = await stream(
      ndjson([
        { id: 3, command: "aws s3 ls" },
        { id: "b", command: "aws s3 ls & id" },
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
      lines.map(() => [
        "id",
        "verdict",
        "code",
        "message",
        "hint",
        "excerpt",
        "canonical",
        "runs",
        "effects",
        "policy",
      ]),
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
      "aws s3 ls & id",
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
