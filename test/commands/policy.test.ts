import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAwspipe } from "./run-awspipe.js";

const EXAMPLE = join(import.meta.dirname, "../../security/policies/example.yaml");
const SCHEMA = join(import.meta.dirname, "../../security/policy.schema.json");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-policy-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const test = (text: string | Uint8Array, environment = {}) => {
  const file = join(folder, "p.yaml");
  writeFileSync(file, text);
  return runAwspipe(["policy", "test", file], { environment }).then(({ code, out, errors }) => ({
    code,
    errors,
    lines: out.replaceAll(file, "p.yaml").split("\n").slice(0, -1),
  }));
};

const RULE = `rules:
  - id: no-removal
    decision: deny
    because: only for the test
    operations: { s3: [rm] }
    refuses: [aws s3 rm s3://b/k]
`;

describe("awspipe policy test", () => {
  it("runs a policy's examples and its tests, and ends with how many passed", async () => {
    const { code, out, errors } = await runAwspipe(["policy", "test", EXAMPLE]);
    const lines = out.split("\n").slice(0, -1);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(lines[1]).toBe("ok   deny    region-refused            strict     aws s3 ls --region ap-south-1");
    expect(lines.at(-1)).toMatch(/^\d+ passed, 0 failed$/);
    expect(lines.slice(0, -1).filter((line) => !line.startsWith("ok "))).toEqual([]);
  });

  it("says with file and line what fails", async () => {
    const found = await test(`${RULE}    accepts: [aws s3 ls, aws s3 rm s3://b/other]
dangerous_commands: { s3: [aws s3 remove] }
tests:
  - { command: aws s3 ls, verdict: allow }
  - { command: aws s3 rm s3://b/k, verdict: allow }
  - { command: aws s3 rm s3://b/k, verdict: deny, code: policy-regex }
  - { command: aws s3 rm s3://b/k, verdict: deny, mode: permissive }
  - { command: "aws s3 ls & id", verdict: problem, code: background }
`);
    expect(found).toEqual({
      code: 1,
      errors: "",
      lines: [
        "warning: p.yaml:8: `aws s3 remove` names no command of the AWS CLI, so that it denies nothing",
        "p.yaml:7: `no-removal` hits this example",
        "p.yaml:11: `aws s3 rm s3://b/k` is deny policy-deny, and not allow",
        "p.yaml:12: `aws s3 rm s3://b/k` is deny policy-deny, and not deny policy-regex",
        "ok   allow   allowed                   strict     aws s3 ls",
        "FAIL deny    policy-deny               strict     aws s3 rm s3://b/k",
        "FAIL deny    policy-deny               strict     aws s3 rm s3://b/k",
        "ok   deny    policy-deny               permissive aws s3 rm s3://b/k",
        "ok   problem background                strict     aws s3 ls & id",
        "5 passed, 3 failed",
      ],
    });
  });

  it("judges by the operator's other settings", async () => {
    const text = "tests: [{ command: aws ecr get-login-password, verdict: allow }]\n";
    expect((await test(text)).code).toBe(1);
    expect((await test(text, { AWS_MCP_SECURITY_MODE: "permissive" })).code).toBe(0);
    // The policy that the server has is another matter.
    expect(
      (await test(text, { AWS_MCP_SECURITY_MODE: "permissive", AWS_MCP_SECURITY_CONFIG: "/nonexistent" })).code,
    ).toBe(0);
  });

  it("ends with 2 when the file is no policy, and says each line", async () => {
    expect(await test("rulez: []\nlimits: { accounts: [1] }\n")).toEqual({
      code: 2,
      errors: "",
      lines: [
        expect.stringMatching(/^p\.yaml:2: `limits\.accounts\.0`: is no text/),
        "p.yaml:1: `rulez`: there is no such key here",
      ],
    });
    expect(await test(Uint8Array.from([0x23, 0x0a, 0xff]))).toEqual({
      code: 2,
      errors: "",
      lines: ["p.yaml:2: the line is no UTF-8"],
    });
  });

  it.each([[["test"]], [[]], [["test", "a", "b"]], [["schema", "x"]], [["check", "x"]]])(
    "wants one file, not %j",
    async (args) => {
      const { code, out, errors } = await runAwspipe(["policy", ...args]);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(errors).toBe(
        "awspipe: name the file, as in `awspipe policy test policy.yaml`, or ask for `awspipe policy schema`\n",
      );
    },
  );

  it("says which file there is not", async () => {
    const { code, out } = await runAwspipe(["policy", "test", "/nonexistent/p.yaml"]);
    expect(code).toBe(2);
    expect(out).toMatch(/^\/nonexistent\/p\.yaml:1: cannot be read: ENOENT[^\n]*\n$/);
  });
});

describe("awspipe policy schema", () => {
  it("prints the JSON Schema of the format", async () => {
    const { code, out, errors } = await runAwspipe(["policy", "schema"]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(SCHEMA, "utf8")));
  });
});
