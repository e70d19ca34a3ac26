import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hideSecrets } from "../../../src/server/redact/hide-secrets.js";
import { needAws, needMoto } from "../../provision/needs.js";
import { runProgram } from "../../provision/run-program.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";

const FORMATS = ["json", "yaml", "text", "table"];

/** Parts of what is put in, and what has to be found nowhere in what is shown. */
const SECRET = "hunt er2-Correct";
const DOCUMENT = JSON.stringify({ username: "bob", password: SECRET, host: "db.internal" });

let moto: Moto;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  await aws("iam", "create-user", "--user-name", "bob");
  await aws("secretsmanager", "create-secret", "--name", "prod/db", "--secret-string", DOCUMENT);
  await aws("ssm", "put-parameter", "--name", "/prod/queue", "--type", "SecureString", "--value", SECRET);
});

afterAll(() => moto.stop());

const aws = async (...words: readonly string[]): Promise<string> => {
  const env = { ...moto.environment, AWS_PAGER: "", HOME: "/nonexistent", PATH: "/nonexistent" };
  const { ok, stdout, stderr } = await runProgram(needAws(), words, { env });
  if (!ok) throw new Error(stderr);
  return stdout;
};

describe("hideSecrets, of what the AWS CLI prints", () => {
  it.each(FORMATS)("finds a secret of Secrets Manager in %s", async (format) => {
    const output = await aws("secretsmanager", "get-secret-value", "--secret-id", "prod/db", "--output", format);
    expect(output).toContain("er2-Correct");
    const { text, hidden } = await hideSecrets(output);
    expect(text).not.toContain("er2-Correct");
    expect({ hidden, lines: text.split("\n").length }).toEqual({ hidden: 1, lines: output.split("\n").length });
    expect(text).toContain("prod/db");
  });

  it.each(FORMATS)("finds a decrypted parameter in %s", async (format) => {
    const output = await aws("ssm", "get-parameter", "--name", "/prod/queue", "--with-decryption", "--output", format);
    expect(await hideSecrets(output)).toEqual({
      text: output.replace(SECRET, "[redacted: secure-string]"),
      hidden: 1,
    });
  });

  it.each(FORMATS)("finds the keys and the token of a role in %s", async (format) => {
    const role = ["--role-arn", "arn:aws:iam::123456789012:role/demo", "--role-session-name", "demo"];
    const output = await aws("sts", "assume-role", ...role, "--output", format);
    const { text, hidden } = await hideSecrets(output);
    expect(hidden).toBe(2);
    expect(text).toMatch(/ASIA[A-Z0-9]{12,}/);
    expect(text).toContain("[redacted: aws-secret-access-key]");
    expect(text).toContain("[redacted: session-token]");
    expect(text.split("\n").length).toBe(output.split("\n").length);
  });

  it.each(["json", "text"])("finds a new access key in %s", async (format) => {
    const output = await aws("iam", "create-access-key", "--user-name", "bob", "--output", format);
    const { text, hidden } = await hideSecrets(output);
    expect({ hidden, text }).toEqual({
      hidden: 1,
      text: output.replace(/(?<=["\t])[A-Za-z0-9+/]{40}(?=["\t])/, "[redacted: aws-secret-access-key]"),
    });
  });

  it.each(FORMATS)("finds a key pair's private key in %s", async (format) => {
    const output = await aws("ec2", "create-key-pair", "--key-name", `demo-${format}`, "--output", format);
    const { text, hidden } = await hideSecrets(output);
    expect(hidden).toBe(1);
    expect(text).not.toMatch(/PRIVATE KEY|[A-Za-z0-9+/]{60}/);
    expect(text).toContain(`demo-${format}`);
  });

  it("leaves what it prints of the same things without their secrets", async () => {
    for (const command of [
      ["iam", "list-access-keys", "--user-name", "bob"],
      ["secretsmanager", "list-secrets"],
      ["secretsmanager", "describe-secret", "--secret-id", "prod/db"],
      ["ssm", "describe-parameters"],
      ["ssm", "get-parameter", "--name", "/prod/queue", "--query", "Parameter.Name"],
      ["ec2", "describe-key-pairs"],
    ]) {
      const output = await aws(...command);
      expect(await hideSecrets(output)).toEqual({ text: output, hidden: 0 });
    }
  });
});
