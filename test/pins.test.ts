import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

// The surface: none of these is renamed, and none is used for something else. This file imports nothing that it pins.

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** Every file that the program loads, sooner or later, by its path below `src`. */
const loaded = (): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>();
  const waiting = ["cli.ts"];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (texts.has(file)) continue;
    const text = readFileSync(join(SRC, file), "utf8");
    texts.set(file, text);
    for (const [, name = ""] of text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)\.js"/g))
      waiting.push(`${join(dirname(file), name)}.ts`);
  }
  return texts;
};

const files = loaded();

const found = (where: string | RegExp, ...patterns: readonly RegExp[]): readonly string[] => {
  const texts = [...files].filter(([file]) => file.search(where) === 0).map(([, text]) => text);
  const all = texts.flatMap((text) =>
    patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code = ""]) => code)),
  );
  return [...new Set(all)].sort();
};

const CODE = /\bcode: "([^"]+)"/g;

describe("the codes", () => {
  it("of problems of the text", () => {
    expect(found("language/", CODE)).toEqual([
      "arithmetic",
      "assignment",
      "background",
      "backtick",
      "bidirectional-control",
      "carriage-return",
      "computed-program",
      "control-character",
      "dollar",
      "dollar-bracket",
      "dollar-double-quote",
      "double-semicolon",
      "empty-stage",
      "empty-substitution",
      "empty-text",
      "escaped-byte",
      "escaped-nul",
      "here-document",
      "here-string",
      "leading-and",
      "leading-option",
      "leading-or",
      "leading-pipe",
      "leading-semicolon",
      "line-separator",
      "lone-surrogate",
      "nul-character",
      "only-redirections",
      "parenthesis",
      "process-substitution",
      "prompt",
      "redirect-descriptor",
      "redirect-input",
      "redirect-output",
      "reserved-word",
      "shell-builtin",
      "substitution-too-deep",
      "text-too-long",
      "too-many-pipelines",
      "too-many-stages",
      "trailing-and",
      "trailing-backslash",
      "trailing-or",
      "trailing-pipe",
      "unclosed-double-quote",
      "unclosed-single-quote",
      "unclosed-substitution",
      "unknown-escape",
      "variable",
    ]);
  });

  it("of the plan, and of refusals of a utility", () => {
    expect(found(/(plan|utilities)\//, CODE, /\b(?:refusal|problem)\(\s*"([^"]+)"/g, /"(sed-[a-z-]+)",/g)).toEqual([
      "ambiguous-option",
      "argument-too-long",
      "arguments-too-long",
      "awk-changes-arguments",
      "awk-indirect-call",
      "awk-loads-code",
      "awk-not-understood",
      "awk-reads-environment",
      "awk-reads-file",
      "awk-runs-command",
      "awk-writes-file",
      "bad-file-name",
      "bad-operand",
      "bad-value",
      "bundled-option",
      "contradicting-options",
      "expansion-characters",
      "expansion-dash",
      "expansion-empty",
      "expansion-none",
      "expansion-option",
      "expansion-path",
      "expansion-program",
      "expansion-program-text",
      "extra-operand",
      "file-outside-workspace",
      "glob",
      "jq-loads-module",
      "jq-names-input-file",
      "jq-not-understood",
      "jq-reads-environment",
      "lone-surrogate",
      "misplaced-number",
      "misplaced-option",
      "misplaced-terminator",
      "missing-operand",
      "missing-value",
      "obsolete-operand",
      "refused-option",
      "repeated-option",
      "reserved-folder",
      "response-file",
      "sed-names-file",
      "sed-not-understood",
      "sed-reads-file",
      "sed-runs-command",
      "sed-writes-file",
      "too-many-arguments",
      "too-many-places",
      "unclear-option",
      "unexpected-value",
      "unknown-option",
      "unknown-utility",
      "xargs-input-too-long",
      "xargs-item-too-long",
      "xargs-nul",
      "xargs-quote",
      "xargs-run-too-long",
      "xargs-too-many-runs",
    ]);
  });

  it("of refusals of an aws stage", () => {
    expect(found("catalogue/", CODE)).toEqual([
      "aws-help-misplaced",
      "aws-input-json",
      "aws-no-operation",
      "aws-no-service",
      "aws-operand-extra",
      "aws-operand-missing",
      "aws-operation-unknown",
      "aws-option-ambiguous",
      "aws-option-early",
      "aws-option-missing",
      "aws-option-repeated",
      "aws-option-unknown",
      "aws-option-value",
      "aws-service-unknown",
      "aws-word-unclear",
    ]);
    expect(found("policy/", CODE)).toEqual([
      "account-refused",
      "account-unknown",
      "ask-after-effect",
      "ask-with-expansion",
      "aws-option-refused",
      "aws-outfile-refused",
      "aws-profile-refused",
      "aws-query",
      "aws-s3-delete-local",
      "aws-s3-move-local",
      "aws-s3-overwrite-local",
      "aws-s3-uri",
      "aws-value-chooses-host",
      "aws-value-fetched",
      "bad-file-name",
      "expansion-bucket",
      "expansion-global",
      "expansion-option",
      "expansion-path",
      "expansion-program",
      "expansion-structure",
      "file-outside-workspace",
      "file-written-before",
      "help",
      "policy-dangerous-command",
      "policy-regex",
      "profile-limited",
      "region-refused",
      "utility",
      "xargs-nested",
    ]);
    expect(files.get("policy/custom/policy-findings.ts")).toContain(
      `code: decision === "deny" ? "policy-deny" : "policy-ask"`,
    );
  });

  it("of values that have no certain meaning", () => {
    const text = files.get("catalogue/values/value-problem.ts") ?? "";
    const from = text.indexOf("export type ValueProblemCode");
    expect([...text.slice(from, text.indexOf(";", from)).matchAll(/\| "([^"]+)"/g)].map(([, name]) => name)).toEqual([
      "value-ambiguous",
      "value-duplicate-key",
      "value-json",
      "value-not-unicode",
      "value-shorthand",
      "value-too-deep",
      "value-words",
    ]);
    expect(files.get("catalogue/command/given-values.ts")).toContain("code: problem.code");
  });

  it("of effects, which a refusal names as `effect-NAME`", () => {
    const text = files.get("catalogue/effect.ts") ?? "";
    const union = text.slice(text.indexOf("export type Effect"), text.indexOf(";", text.indexOf("export type Effect")));
    expect([...union.matchAll(/\| "([^"]+)"/g)].map(([, name]) => name)).toEqual([
      "read",
      "write",
      "sensitive-read",
      "egress",
      "destroy",
      "execute",
      "permissions",
      "disarm",
      "local",
      "unknown",
    ]);
    expect(files.get("policy/aws/mode-findings.ts")).toMatch(
      /code: word === "allow" \? "effect" : `effect-\$\{effect\.effect\}`/,
    );
  });

  it("of answers to a question", () => {
    const text = files.get("policy/approval/seals.ts") ?? "";
    const union = text.slice(
      text.indexOf("export type SealCode"),
      text.indexOf(";", text.indexOf("export type SealCode")),
    );
    expect([...union.matchAll(/\| "([^"]+)"/g)].map(([, name]) => name)).toEqual([
      "approval-forged",
      "approval-elsewhere",
      "approval-late",
      "approval-spent",
      "approval-store-lost",
      "approval-mismatch",
      "approval-declined",
      "approval-too-long",
    ]);
  });

  it("of runs that fail", () => {
    expect(found("executor/", CODE)).toEqual([
      "aws-access-denied",
      "aws-clock-skew",
      "aws-connection-lost",
      "aws-credentials-expired",
      "aws-credentials-invalid",
      "aws-mfa-needed",
      "aws-no-capacity",
      "aws-no-credentials",
      "aws-no-region",
      "aws-not-enabled",
      "aws-role-denied",
      "aws-throttled",
      "aws-tls",
      "aws-unavailable",
      "aws-unreachable",
      "aws-wrong-region",
      "cancelled",
      "cli-missing",
      "cli-version-1",
      "deadline",
      "expansion-empty",
      "file-changed",
      "file-missing",
      "file-not-regular",
      "file-not-text",
      "file-outside",
      "file-too-large",
      "file-uncopied",
      "file-unreadable",
      "help-formatter-missing",
      "identity-changed",
      "library-missing",
      "no-credentials",
      "no-egress",
      "not-started",
      "program-damaged",
      "program-foreign",
      "program-missing",
      "program-unreadable",
      "reserved-folder",
      "xargs-input-not-text",
      "xargs-input-unreadable",
    ]);
  });

  it("of what other commands have put into the middle of a text", () => {
    expect(found("steps/", CODE)).toEqual([
      "bytes-exhausted",
      "expansion-characters",
      "expansion-too-long",
      "writes-exhausted",
    ]);
  });

  it("of connections that do not come about", () => {
    expect(found("egress/", /"(egress-[a-z-]+)"/g)).toEqual([
      "egress-address",
      "egress-customer-host",
      "egress-failed",
      "egress-host",
      "egress-malformed",
      "egress-plain",
      "egress-port",
      "egress-refused",
      "egress-resolved",
      "egress-token",
      "egress-unreachable",
    ]);
  });

  it("of the audit log", () => {
    expect(found("audit/", /"(audit-[a-z-]+)"/g)).toEqual(["audit-lost"]);
  });

  it("of answers", () => {
    expect(found(/server\/(?!prompts\/)/, CODE)).toEqual([
      "ask-in-fan-out",
      "aws-access-denied",
      "aws-already-exists",
      "aws-answer-cut",
      "aws-answer-unclear",
      "aws-conflict",
      "aws-dependency",
      "aws-dry-run",
      "aws-failed",
      "aws-interrupted",
      "aws-invalid-request",
      "aws-name-malformed",
      "aws-no-credentials",
      "aws-not-found",
      "aws-page-token",
      "aws-profile-refused",
      "aws-query-failed",
      "aws-quota-exceeded",
      "aws-service-error",
      "aws-transfer-failed",
      "aws-transfer-incomplete",
      "aws-usage",
      "aws-wait-failed",
      "bytes-exhausted",
      "calls-exhausted",
      "cancelled",
      "deadline",
      "fan-out-failed",
      "fan-out-nowhere",
      "fan-out-too-wide",
      "fan-out-writes-file",
      "internal-error",
      "output-full",
      "region-unknown",
      "stage-failed",
    ]);
    expect(found("check.ts", CODE)).toEqual(["allowed", "no-finding"]);
    expect(found("with-target.ts", CODE)).toEqual(["target-named", "target-replaced"]);
    expect(found("commands/", CODE)).toEqual(["not-a-request"]);
    expect(found("server/help-tool.ts", /problem ([a-z-]+):/g)).toEqual(["aws-name-malformed"]);
  });

  it("are all found by this test", () => {
    const folders =
      /^(language|plan|utilities|catalogue|policy|egress|executor|audit|steps|server|commands)\/|^(check|with-target)\.ts$/;
    const elsewhere = [...files].filter(([file, text]) => !folders.test(file) && new RegExp(CODE).test(text));
    expect(elsewhere.map(([file]) => file)).toEqual([]);
  });
});

describe("the names", () => {
  it("of the tools, their parameters and their answers", () => {
    expect(found("server/", /registerTool\(\s*"([^"]+)"/g)).toEqual([
      "aws_cli_check",
      "aws_cli_help",
      "aws_cli_pipeline",
      "aws_cli_read",
    ]);
    expect(found("server/help-tool.ts", /^ {2}([a-z_]+): z\./gm)).toEqual(["command", "service"]);
    expect(found("server/pipeline-tool.ts", /^ {2}([a-z_]+): (?:z\.|\1Input)/gm)).toEqual([
      "command",
      "profiles",
      "regions",
      "timeout",
    ]);
    expect(found("server/output-schema.ts", /^ {2}([a-z_]+)(?:: (?:z\.|stage|error)|,$)/gm)).toEqual([
      "account",
      "arn",
      "canonical",
      "code",
      "command",
      "dropped",
      "duration_ms",
      "effects",
      "enforced",
      "error",
      "exit_code",
      "hint",
      "identities",
      "json",
      "kind",
      "left_out",
      "message",
      "name",
      "notes",
      "output",
      "pipelines",
      "policy",
      "profile",
      "redacted",
      "region",
      "result",
      "runs",
      "signal",
      "stages",
      "status",
      "stderr",
      "substitution",
      "targets",
      "verdict",
      "warnings",
      "written",
    ]);
    expect(files.get("server/output-schema.ts")).toContain("z.object({ help_text: z.string(), policy: z.string() })");
  });

  it("of the resources", () => {
    expect(found("server/", /"((?:aws|awspipe):\/\/[^" ]+)"/g)).toEqual([
      "aws://config/account",
      "aws://config/environment",
      "aws://config/profiles",
      "aws://config/regions",
      "aws://config/regions/{region}",
      "awspipe://grammar",
      "awspipe://policy",
      "awspipe://result/{id}",
      "awspipe://result/{id}/{page}",
      "awspipe://utilities",
      "awspipe://utilities/{name}",
    ]);
  });

  it("of a line of the audit log", () => {
    expect(found("audit/record-logger.ts", /const OURS[^[]*\[([^\]]*)\]/g)).toEqual([
      '"audit", "time", "seq", "server", "prev", "lost", "hash"',
    ]);
    expect(found("server/audit/call-record.ts", /^ {2}readonly ([A-Za-z_]+)\??:/gm)).toEqual([
      "access",
      "account",
      "answer",
      "arn",
      "asked",
      "bytes",
      "canonical",
      "code",
      "completed",
      "dropped",
      "effects",
      "event",
      "exits",
      "id",
      "identities",
      "kind",
      "ms",
      "policy",
      "principal",
      "profile",
      "profiles",
      "question",
      "read_only",
      "region",
      "regions",
      "repeated",
      "request",
      "rule",
      "runs",
      "status",
      "verdict",
      "warned",
    ]);
  });

  it("of the settings", () => {
    expect(found("settings.ts", /^ {2}(AWS_MCP_[A-Z0-9_]+): \{/gm)).toEqual([
      "AWS_MCP_ALLOWED_ACCOUNTS",
      "AWS_MCP_ALLOWED_HOSTS",
      "AWS_MCP_ALLOWED_ORIGINS",
      "AWS_MCP_ALLOWED_PROFILES",
      "AWS_MCP_ALLOWED_REGIONS",
      "AWS_MCP_ALLOWED_TARGETS",
      "AWS_MCP_ALLOW_V1",
      "AWS_MCP_APPROVAL",
      "AWS_MCP_AUDIT_LOG",
      "AWS_MCP_AWS_CLI",
      "AWS_MCP_BYTES_PER_MINUTE",
      "AWS_MCP_CALLS_PER_MINUTE",
      "AWS_MCP_CONCURRENCY",
      "AWS_MCP_DRAIN",
      "AWS_MCP_EFFECTS",
      "AWS_MCP_EGRESS",
      "AWS_MCP_HOST",
      "AWS_MCP_HTTP_AUTH",
      "AWS_MCP_HTTP_SESSIONS",
      "AWS_MCP_MAX_BODY",
      "AWS_MCP_MAX_FAN_OUT",
      "AWS_MCP_MAX_OUTPUT",
      "AWS_MCP_MAX_SPOOL",
      "AWS_MCP_MAX_WRITES",
      "AWS_MCP_OAUTH_AUDIENCE",
      "AWS_MCP_OAUTH_ISSUER",
      "AWS_MCP_OAUTH_JWKS_URL",
      "AWS_MCP_PORT",
      "AWS_MCP_PUBLIC_URL",
      "AWS_MCP_REDACT",
      "AWS_MCP_SANDBOX",
      "AWS_MCP_SECURITY_CONFIG",
      "AWS_MCP_SECURITY_MODE",
      "AWS_MCP_STATE",
      "AWS_MCP_STATE_KEY_FILE",
      "AWS_MCP_TIMEOUT",
      "AWS_MCP_TOKEN_FILE",
      "AWS_MCP_TRANSPORT",
      "AWS_MCP_WORKDIR",
    ]);
  });

  it("of the commands and their exit statuses", () => {
    expect(found("cli.ts", /case "([^"]+)":/g)).toEqual([
      "--help",
      "--version",
      "audit",
      "catalogue",
      "check",
      "doctor",
      "health",
      "help",
      "policy",
      "run",
      "serve",
      "token",
    ]);
    const statuses = files.get("commands/verdict-exit.ts") ?? "";
    expect(
      [...statuses.matchAll(/case "(\w+)":\s*return (\d+);/g)].map(([, verdict, status]) => `${verdict} ${status}`),
    ).toEqual(["allow 0", "problem 2", "ask 3", "deny 4"]);
  });
});
