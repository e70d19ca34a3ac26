import { describe, expect, it } from "vitest";
import { openCatalogue } from "../../../../src/catalogue/read-service-table.js";
import { maskCommand } from "../../../../src/server/audit/mask/mask-command.js";
import { ordinaryCommands, secretCommands } from "./corpus.js";

const book = { catalogue: openCatalogue(), profiles: ["default"], regions: new Map() } as const;

const masked = async (...asked: [string, ...string[]]): Promise<string> =>
  (await maskCommand({ asked, canonical: [], completed: [] }, book, undefined)).asked;

const argv = async (...words: readonly string[]): Promise<readonly string[] | undefined> =>
  (await maskCommand({ asked: [""], canonical: [words], completed: [] }, book, undefined)).canonical[0];

describe("maskCommand", () => {
  it("has a corpus", () => {
    expect([secretCommands.length >= 60, ordinaryCommands.length >= 40]).toEqual([true, true]);
  });

  it.each(secretCommands)("hides what is secret in $command", async ({ command, secrets }) => {
    const text = await masked(command);
    expect(secrets.filter((secret) => JSON.stringify(text).includes(secret) || text.includes(secret))).toEqual([]);
    expect(text).toContain("***");
  });

  it.each(ordinaryCommands)("leaves %s as it is", async (command) => {
    expect(await masked(command)).toBe(command);
  });

  it("writes anew only the words that hold a secret", async () => {
    expect(
      await masked(
        `aws   cloudformation deploy --stack-name "s" --parameter-overrides Env=prod  'DBPassword=a b' --no-fail-on-empty-changeset # now`,
      ),
    ).toBe(
      `aws   cloudformation deploy --stack-name "s" --parameter-overrides Env=prod  DBPassword=*** --no-fail-on-empty-changeset # now`,
    );
    expect(
      await masked(`aws secretsmanager put-secret-value --cli-input-json '{"SecretId": "s", "SecretString": "x"}'`),
    ).toBe(`aws secretsmanager put-secret-value --cli-input-json '{"SecretId":"s","SecretString":"***"}'`);
    expect(
      await masked(`aws mq create-broker --broker-name b --users Username=u,Password=x,Groups=a,b ConsoleAccess=true`),
    ).toBe(`aws mq create-broker --broker-name b --users 'Username=u,Password=***,Groups=[a,b]' ConsoleAccess=true`);
  });

  it("tells a secret's length only as a class", async () => {
    const of = (length: number) =>
      masked(`aws iam create-login-profile --user-name b --password ${"x".repeat(length)}`);
    const shown = await Promise.all([1, 15, 16, 127, 128, 1023, 1024].map(of));
    expect(shown.map((text) => text.split(" ").at(-1))).toEqual([
      ...["***", "***", "***16+", "***16+", "***128+", "***128+", "***1024+"],
    ]);
    expect(await masked("aws iam create-login-profile --user-name b --password ''")).toBe(
      "aws iam create-login-profile --user-name b --password ''",
    );
  });

  it("takes no operand for a part of a secret, unless the command can't be read", async () => {
    expect(await masked("aws s3 cp --sse-c-key Tr0ub4dor --sse-c AES256 a.txt s3://b/")).toBe(
      "aws s3 cp --sse-c-key *** --sse-c AES256 a.txt s3://b/",
    );
    expect(await masked("aws s3 cp --sse-c-key=Tr0ub4dor a.txt s3://b/")).toBe(
      "aws s3 cp --sse-c-key=*** a.txt s3://b/",
    );
    expect(await masked("aws s3 cp --sse-c-key Tr0ub4dor a.txt s3://b/ more")).toBe(
      "aws s3 cp --sse-c-key *** *** *** ***",
    );
  });

  it("masks a secret where it stands another time, and no part of another word", async () => {
    expect(
      await masked("aws iam create-login-profile --user-name Tr0ub4dor --password Tr0ub4dor; echo xTr0ub4dor"),
    ).toBe("aws iam create-login-profile --user-name *** --password ***; echo xTr0ub4dor");
    expect(await masked("aws sts get-session-token --token-code 123456 --serial-number 123456789012")).toBe(
      "aws sts get-session-token --token-code *** --serial-number 123456789012",
    );
  });

  it("keeps what only refers to a secret", async () => {
    for (const value of [
      ...["file://secret.json", "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1b2c3"],
      ...["{{resolve:secretsmanager:db:SecretString:password}}", "$(cat password.txt)"],
    ]) {
      const command = `aws iam create-login-profile --user-name b --password ${value}`;
      expect(await masked(command)).toBe(command);
    }
  });

  it("masks argument vectors in canonical form, of xargs and with what is not known yet", async () => {
    expect(await argv("aws", "iam", "create-login-profile", "--user-name=b", "--password=x")).toEqual([
      ...["aws", "iam", "create-login-profile", "--user-name=b", "--password=***"],
    ]);
    expect(
      await argv("xargs", "-I", "{}", "aws", "iam", "create-login-profile", "--user-name={}", "--password=x{}"),
    ).toEqual(["xargs", "-I", "{}", "aws", "iam", "create-login-profile", "--user-name={}", "--password=***"]);
    expect(await argv("aws", "elasticache", "create-user", "--passwords", "a", "b", "--user-id=u")).toEqual([
      ...["aws", "elasticache", "create-user", "--passwords", "***", "***", "--user-id=u"],
    ]);
  });

  it("does not let two secrets be linked", async () => {
    const of = (secret: string) =>
      masked(`aws secretsmanager put-secret-value --secret-id s --secret-string ${secret}`);
    expect(await of("Tr0ub4dor1")).toBe(await of("Tr0ub4dor2"));
  });

  it("writes all texts of a call, line by line", async () => {
    expect(await masked("aws s3 ls", "aws iam create-login-profile --password x")).toBe(
      "aws s3 ls\naws iam create-login-profile --password ***",
    );
  });

  it("leaves out the end of a text that no line has room for, and no secret that it was cut in", async () => {
    const long = "x".repeat(70_000);
    const shown = await masked(`aws iam create-login-profile --user-name b --password 'Tr0ub4dor${long}'`);
    expect(shown).toBe("aws iam create-login-profile --user-name b --password ***1024+");
    const cut = `aws sqs send-message --queue-url u --message-body ${long}`;
    expect(await masked(cut)).toBe(`${cut.slice(0, 16_384)} …[${cut.length - 16_384} characters left out]…`);
  });

  it("takes time that grows with the text and not faster", async () => {
    const hostile = [
      ...["a=".repeat(50_000), "password ".repeat(20_000), '{"password":'.repeat(10_000), "\\".repeat(100_000)],
      ...["x,".repeat(50_000), "--password ".repeat(9000), "'".repeat(100_001), "password=x;".repeat(9000)],
    ];
    const started = performance.now();
    for (const text of hostile) await masked(`echo '${text}`);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
