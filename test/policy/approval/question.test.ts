import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planText } from "../../../src/check.js";
import { planArgv } from "../../../src/plan/plan-argv.js";
import { DEFAULT_STREAMS, type Streams } from "../../../src/plan/streams.js";
import type { Circumstances, StageIdentity } from "../../../src/policy/approval/circumstances.js";
import { questionOf } from "../../../src/policy/approval/question.js";
import type { Files } from "../../../src/policy/files.js";
import { judge } from "../../../src/policy/judge.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import type { CanonicalStage, Verdict } from "../../../src/policy/verdict.js";
import { ruleBook } from "../rule-book.js";
import { SETTINGS } from "../settings.js";

const ME: StageIdentity = {
  profile: "default",
  key: "AKIA1",
  account: "123456789012",
  caller: "arn:aws:iam::123456789012:user/me",
};

const verdictOf = (text: string, changes: Partial<RuleBook> = {}, files?: Files): Verdict => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) throw new Error(planned.error.message);
  const verdict = judge(planned.value, ruleBook(changes), files);
  if (verdict.decision !== "ask") throw new Error(`${text}: ${verdict.decision} ${verdict.findings[0]?.message}`);
  return verdict;
};

const circumstances = (identities: Circumstances["identities"] = [ME]): Circumstances => ({
  principal: "local",
  identities,
});

const asked = (text: string, changes?: Partial<RuleBook>, files?: Files) => {
  const verdict = verdictOf(text, changes, files);
  const identities = verdict.stages.map((stage) => (stage?.kind === "aws" ? ME : undefined));
  return questionOf(verdict, circumstances(identities), "hash");
};

const linesOf = (text: string, changes?: Partial<RuleBook>, files?: Files): readonly string[] =>
  asked(text, changes, files).message.split("\n");

describe("the message", () => {
  it("has the facts first, then why, the canonical command and the digest", () => {
    const { message, digest } = asked("aws --region eu-west-1 s3 rb s3://logs --forc | head -2");
    expect(message.split("\n")).toEqual([
      "effect: destroy",
      "account: 123456789012",
      "profile: default",
      "region: eu-west-1",
      "service: s3",
      "operation: rb",
      "as: arn:aws:iam::123456789012:user/me",
      expect.stringMatching(/^why: `aws s3 rb` is `destroy`: \S/),
      "command: aws s3 rb s3://logs --force --region=eu-west-1 | head --lines=2",
      `digest: ${digest.slice(0, 16)}`,
    ]);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("has the facts of every stage that asks, and of no other", () => {
    const lines = linesOf(
      "aws s3 ls | cat | aws s3api delete-bucket --bucket a | aws ecr get-login-password --region eu-west-1",
    );
    expect(lines.filter((line) => /^(effect|region|operation): /.test(line))).toEqual([
      "effect: destroy",
      "region: us-east-1",
      "operation: delete-bucket",
      "effect: sensitive-read",
      "region: eu-west-1",
      "operation: get-login-password",
    ]);
  });

  it("says so where nobody knows the account", () => {
    const verdict = verdictOf("aws s3 rb s3://b");
    const unknown = { profile: "default", key: "AKIA1", account: undefined, caller: "profile default" };
    const { message } = questionOf(verdict, circumstances([unknown]), "hash");
    expect(message.split("\n").slice(1, 7)).toEqual([
      "account: unknown",
      "profile: default",
      "region: us-east-1",
      "service: s3",
      "operation: rb",
      "as: profile default",
    ]);
  });

  it("names each file with its digest, a filter's too", () => {
    const sha256 = "ab".repeat(32);
    const files: Files = () => () => ({ text: undefined, sha256, bytes: 3 });
    expect(
      linesOf("aws lambda update-function-code --function-name f --zip-file fileb://in/code.zip", {}, files).at(-2),
    ).toBe("file: code.zip sha256 abababababababab");
    expect(linesOf("cat 'my notes.txt' | aws s3 rb s3://b", {}, files).at(-2)).toBe(
      "file: 'my notes.txt' sha256 abababababababab",
    );
  });

  it.each([
    ["line feeds", "x\neffect: read\naccount: 999999999999"],
    ["carriage returns", "x\r\neffect: read"],
    ["the separators of lines and paragraphs", "x\u2028effect: read\u2029effect: read"],
    ["NEL", "x\u0085effect: read"],
    ["marks of direction", "\u202edaer :tceffe\u202c"],
    ["zero widths", "s3:\u200b//\u2060x\ufeff"],
    ["letters without ink", "x\u3164\u2800\u115f"],
    ["a terminal's escapes", "\u001b[1A\u001b[2Keffect: read"],
    ["Markdown", "x\n\n# effect: read\n\n---\n```\n**effect: read**\n"],
    ["HTML", "x<br>effect: read<br/><p>effect: read</p>"],
    ["blanks that push away", `x${" ".repeat(190)}effect: read`],
  ])("has no other lines for %s in a value", (_, value) => {
    const removal = (key: string) => {
      const verdict = judge(planArgv(["aws", "s3", "rm", `s3://b/${key}`]), ruleBook());
      expect(verdict.decision).toBe("ask");
      return questionOf(verdict, circumstances(), "hash").message;
    };
    const lines = removal(value).split("\n");
    expect(lines.map(labelOf)).toEqual(removal("x").split("\n").map(labelOf));
    expect(lines.slice(0, 7)).toEqual(removal("x").split("\n").slice(0, 7));
    expect(lines.join("")).not.toMatch(UNSEEN);
  });

  it("has no other lines whatever a canonical word, an ARN, a region, a reason or a file's name is", () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom(..."\n\r\u2028\u0085\u202e\u200b\u001b<br> |'\"\\`#*\t"),
        fc.string({ unit: "binary" }),
      ),
      maxLength: 300,
    });
    fc.assert(
      fc.property(nasty, nasty, nasty, nasty, nasty, (word, caller, region, reason, file) => {
        const stage: CanonicalStage = {
          kind: "aws",
          argv: ["aws", word, word, word],
          run: "operation",
          operation: word,
          profile: undefined,
          region,
          effects: ["destroy"],
          files: [{ path: `/w/${file}`, how: "bytes", sha256: "00".repeat(32) }],
          streams: DEFAULT_STREAMS,
        };
        const finding = { stage: 0, code: "effect-destroy", hint: "", span: { start: 0, end: 1 } };
        const verdict: Verdict = {
          decision: "ask",
          findings: [{ ...finding, decision: "ask", message: reason }],
          stages: [stage],
          inputs: [],
          ...structured("one", 1),
        };
        const { message } = questionOf(verdict, circumstances([{ ...ME, caller }]), "hash");
        const labels = [
          "effect",
          "account",
          "profile",
          "region",
          "service",
          "operation",
          "as",
          "why",
          "command",
          "file",
          "digest",
        ];
        expect(message.split("\n").map(labelOf)).toEqual(labels);
        expect(message.replaceAll("\n", "")).not.toMatch(UNSEEN);
      }),
      { numRuns: 1000 },
    );
  });

  it("cuts values at 200 characters, and the digest of the whole tells them apart", () => {
    const value = "v".repeat(5000);
    const cut = (text: string) => linesOf(`aws dynamodb delete-table --table-name t --query ${text}`).at(-2);
    expect(cut(value)).toMatch(
      /^command: aws dynamodb delete-table --table-name=t '--query=v{142}…v{50} \(5008 characters, sha256 [0-9a-f]{16}\)'$/,
    );
    expect(cut(value)).not.toBe(cut(`${value.slice(0, -100)}w${value.slice(-99)}`));
  });
});

describe("the digest", () => {
  it.each([
    ["the same argument vector in other words", `aws --region "us-west-2" s3 rb 's3://b' --forc`, true],
    ["an option of the same value written together", "aws s3 rb s3://b --region=us-west-2 --force", true],
    ["another value", "aws s3 rb s3://c --force --region us-west-2", false],
    ["another region", "aws s3 rb s3://b --force --region us-west-1", false],
    ["an option less", "aws s3 rb s3://b --region us-west-2", false],
    ["a stage more", "aws s3 rb s3://b --force --region us-west-2 | cat", false],
    ["another operation", "aws s3 rm s3://b --region us-west-2", false],
  ])("of %s", (_, text, same) => {
    const { digest } = asked("aws s3 rb s3://b --force --region us-west-2");
    expect(asked(text).digest === digest).toBe(same);
  });

  it("is over the effective region, named or not", () => {
    const unnamed = asked("aws s3 rb s3://b", { regions: new Map([["default", "eu-west-1"]]) });
    expect(unnamed.digest).not.toBe(asked("aws s3 rb s3://b").digest);
  });

  it("is over what a file holds, not its name alone", () => {
    const command = "aws lambda update-function-code --function-name f --zip-file fileb://code.zip";
    const holding =
      (sha256: string): Files =>
      () =>
      () => ({ text: undefined, sha256, bytes: 3 });
    const [one, two] = ["1", "2"].map((digit) => asked(command, {}, holding(digit.repeat(64))).digest);
    expect(one).not.toBe(two);
    expect(asked(command, {}, holding("1".repeat(64))).digest).toBe(one);
  });

  it("changes with each part that an answer covers, and with nothing else", () => {
    fc.assert(
      fc.property(covered, covered, noise, noise, (one, other, here, there) => {
        const [first, second] = [digestOf(one, here), digestOf(other, there)];
        expect(first === second).toBe(JSON.stringify(one) === JSON.stringify(other));
        expect(digestOf(one, there)).toBe(first);
      }),
      { numRuns: 3000 },
    );
  });

  it("changes when one part alone does", () => {
    const base: Covered = {
      principal: "p",
      policy: "h",
      joined: "one",
      stages: [
        {
          kind: "aws",
          argv: ["aws", "b"],
          region: "r",
          run: "operation",
          files: [{ path: "/w/a", how: "bytes", sha256: "1" }],
          identity: ME,
        },
        { kind: "utility", argv: ["cat", "/w/a"], region: "", run: "operation", files: [{ path: "/w/a" }] },
      ],
    };
    const [aws, cat] = base.stages as [CoveredStage, CoveredStage];
    const [file] = aws.files as [CoveredFile];
    const withAws = (change: Partial<CoveredStage>): Covered => ({ ...base, stages: [{ ...aws, ...change }, cat] });
    const changed: Covered[] = [
      { ...base, principal: "q" },
      { ...base, policy: "i" },
      { ...base, stages: [aws] },
      { ...base, stages: [cat, aws] },
      { ...base, stages: [aws, { ...cat, argv: ["cat", "/w/b"] }] },
      { ...base, stages: [aws, { ...cat, files: [{ path: "/w/b" }] }] },
      { ...base, joined: "always" },
      { ...base, joined: "success" },
      { ...base, joined: "failure" },
      withAws({ streams: QUIET }),
      withAws({ argv: ["aws", "c"] }),
      withAws({ argv: ["aws", "b", ""] }),
      withAws({ argv: ["aws b"] }),
      withAws({ region: "s" }),
      withAws({ run: "help" }),
      withAws({ files: [] }),
      withAws({ files: [{ ...file, path: "/w/b" }] }),
      withAws({ files: [{ ...file, how: "folder" }] }),
      withAws({ files: [{ ...file, sha256: "2" }] }),
      withAws({ files: [{ ...file, sha256: undefined }] }),
      withAws({ identity: undefined }),
      withAws({ identity: { ...ME, profile: "dev" } }),
      withAws({ identity: { ...ME, account: "210987654321" } }),
      withAws({ identity: { ...ME, account: undefined } }),
      withAws({ identity: { ...ME, caller: "arn:aws:iam::123456789012:user/you" } }),
    ];
    const digests = [base, ...changed].map((each) => digestOf(each, { message: "m", effect: "destroy", path: "/x" }));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it("is over the role, whatever each replica's session of it is called, but for IAM Identity Center's people, and over no other name in part", () => {
    const as = (caller: string): string =>
      questionOf(verdictOf("aws s3 rb s3://b"), circumstances([{ ...ME, caller }]), "hash").digest;
    const role = (name: string): string => as(`arn:aws:sts::123456789012:assumed-role/${name}`);
    expect(role("reader/botocore-session-1700000001")).toBe(role("reader/botocore-session-1700000002"));
    const others = [
      role("AWSReservedSSO_Admin_0123456789abcdef/alice@example.com"),
      role("AWSReservedSSO_Admin_0123456789abcdef/bob@example.com"),
      role("reader/one"),
      role("writer/one"),
      as("arn:aws-cn:sts::123456789012:assumed-role/reader/one"),
      as("arn:aws:sts::210987654321:assumed-role/reader/one"),
      as("arn:aws:sts::123456789012:federated-user/reader/one"),
      as("arn:aws:sts::123456789012:federated-user/reader/two"),
      as("arn:aws:iam::123456789012:user/reader/one"),
      as("arn:aws:iam::123456789012:user/reader/two"),
      as("profile arn:aws:sts::123456789012:assumed-role/reader/one"),
      as("profile arn:aws:sts::123456789012:assumed-role/reader/two"),
    ];
    expect(new Set(others).size).toBe(others.length);
  });
});

const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{DI}\u2800]|<br|<p/u;

const labelOf = (line: string): string => line.slice(0, line.indexOf(": "));

type CoveredFile = {
  readonly path: string;
  readonly how?: "text" | "bytes" | "folder" | "write" | undefined;
  readonly sha256?: string | undefined;
};

type CoveredStage = {
  readonly kind: "aws" | "utility";
  readonly argv: readonly string[];
  readonly region: string;
  readonly run: "operation" | "help";
  readonly files: readonly CoveredFile[];
  readonly identity?: StageIdentity | undefined;
  readonly streams?: Streams;
};

type Covered = {
  readonly principal: string;
  readonly policy: string;
  readonly stages: readonly CoveredStage[];
  readonly joined: Joined;
};

/** One pipeline, or one for each stage with this between them. */
type Joined = "one" | "always" | "success" | "failure";

const structured = (joined: Joined, stages: number): Pick<Verdict, "pipelines" | "steps"> => {
  const span = { start: 0, end: 1 };
  const [, ...rest] = Array.from({ length: stages }, (_, index) => index);
  if (joined === "one")
    return { pipelines: [{ stages: [0, ...rest], span }], steps: [{ when: "always", pipeline: 0 }] };
  return {
    pipelines: [{ stages: [0], span }, ...rest.map((index) => ({ stages: [index] as const, span }))],
    steps: [{ when: "always", pipeline: 0 }, ...rest.map((pipeline) => ({ when: joined, pipeline }))],
  };
};

const QUIET: Streams = { ...DEFAULT_STREAMS, stderr: "null" };
type Noise = { readonly message: string; readonly effect: "destroy" | "egress"; readonly path: string };

const few = fc.constantFrom("a", "b", 'a","b', "");

const streams = fc.constantFrom(DEFAULT_STREAMS, QUIET);

const covered: fc.Arbitrary<Covered> = fc.record({
  principal: few,
  policy: few,
  joined: fc.constantFrom("one" as const),
  stages: fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant("aws" as const),
        argv: fc.array(few, { maxLength: 2 }),
        region: few,
        streams,
        run: fc.constantFrom("operation" as const, "help" as const),
        files: fc.array(
          fc.record({
            path: few,
            how: fc.constantFrom("text" as const, "bytes" as const, "write" as const),
            sha256: fc.option(few, { nil: undefined }),
          }),
          { maxLength: 2 },
        ),
        identity: fc.option(
          fc.record({
            profile: few,
            key: fc.constant("AKIA1"),
            account: fc.option(few, { nil: undefined }),
            caller: few,
          }),
          {
            nil: undefined,
          },
        ),
      }),
      fc.record({
        kind: fc.constant("utility" as const),
        argv: fc.array(few, { maxLength: 2 }),
        region: fc.constant(""),
        streams,
        run: fc.constant("operation" as const),
        files: fc.array(fc.record({ path: few, sha256: fc.option(few, { nil: undefined }) }), { maxLength: 2 }),
      }),
    ),
    { minLength: 1, maxLength: 2 },
  ),
});

const noise: fc.Arbitrary<Noise> = fc.record({
  message: few,
  effect: fc.constantFrom("destroy" as const, "egress" as const),
  path: few,
});

const digestOf = ({ principal, policy, stages, joined }: Covered, { message, effect, path }: Noise): string => {
  const finding = { stage: 0, code: "effect", hint: message, span: { start: 0, end: 1 } };
  const verdict: Verdict = {
    decision: "ask",
    findings: [{ ...finding, decision: "ask", message }],
    stages: stages.map((stage) => canonical(stage, effect, path)),
    inputs: [],
    ...structured(joined, stages.length),
  };
  return questionOf(verdict, { principal, identities: stages.map(({ identity }) => identity) }, policy).digest;
};

const canonical = (
  { kind, argv, region, run, files, streams: given = DEFAULT_STREAMS }: CoveredStage,
  effect: Noise["effect"],
  path: string,
): CanonicalStage => {
  // A canonical argv is never empty; the digest does not care.
  const words = argv as readonly string[] as readonly [string, ...string[]];
  return kind === "utility"
    ? {
        kind,
        argv: words,
        paths: [path],
        reads: [],
        scratch: false,
        files: files.map((file) => ({ argument: 1, path: file.path, how: "read", sha256: file.sha256 })),
        effects: ["read"],
        streams: given,
      }
    : {
        kind,
        argv: words,
        run,
        operation: path,
        profile: path,
        region,
        effects: [effect],
        files: files.map((file) => ({ path: file.path, how: file.how ?? "bytes", sha256: file.sha256 })),
        streams: given,
      };
};
