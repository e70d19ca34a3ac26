import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../../src/check.js";
import { quoteArgv } from "../../src/language/quote.js";
import { policyHash } from "../../src/policy/policy-hash.js";
import type { RuleBook } from "../../src/policy/rule-book.js";
import { readSettings } from "../../src/settings.js";
import { loadRuleBook } from "../../src/start-engine.js";
import { arbitraryCommand } from "./arbitrary-command.js";
import { lines } from "./attacks.js";
import { ordinary } from "./ordinary.js";

const policy = (name: string): string => fileURLToPath(new URL(`../../security/policies/${name}`, import.meta.url));

const settings = (changes: Readonly<Record<string, string>> = {}) =>
  readSettings({
    AWS_MCP_SECURITY_CONFIG: policy("aws-mcp-server.yaml"),
    AWS_MCP_ALLOWED_PROFILES: "dev,qa",
    ...changes,
  });

const operator = { AWS_REGION: "eu-west-1", HOME: "/nonexistent" };

const anyText = fc.oneof(
  fc.constantFrom(...lines.map(({ command }) => command), ...ordinary),
  arbitraryCommand.map(quoteArgv),
);

describe("a verdict with its policy hash", () => {
  let one: RuleBook;
  let other: RuleBook;
  beforeAll(async () => {
    [one, other] = await Promise.all([
      loadRuleBook(settings(), operator, "/workspace"),
      loadRuleBook(settings(), { ...operator, UNRELATED: "x" }, "/workspace"),
    ]);
  });

  it("is the same in another server with the same hash", { timeout: 120_000 }, () => {
    expect(policyHash(one)).toBe(policyHash(other));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(check(text, other)).toEqual(check(text, one));
      }),
      { numRuns: 2000 },
    );
  });

  it("has another hash where anything that decides is other", async () => {
    const books = await Promise.all([
      ...[
        { AWS_MCP_SECURITY_MODE: "permissive" },
        { AWS_MCP_EFFECTS: "egress=deny" },
        { AWS_MCP_APPROVAL: "client" },
        { AWS_MCP_ALLOWED_PROFILES: "dev" },
        { AWS_MCP_ALLOWED_TARGETS: "111122223333" },
        { AWS_MCP_SECURITY_CONFIG: policy("example.yaml") },
        { AWS_MCP_ALLOW_V1: "1" },
      ].map((changes) => loadRuleBook(settings(changes), operator, "/workspace")),
      loadRuleBook(settings(), { ...operator, AWS_REGION: "us-east-1" }, "/workspace"),
      loadRuleBook(settings(), { ...operator, AWS_PROFILE: "dev" }, "/workspace"),
      loadRuleBook(settings(), { ...operator, AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, "/workspace"),
    ]);
    expect(new Set([one, ...books].map(policyHash)).size).toBe(books.length + 1);
    const elsewhere = await loadRuleBook(settings(), operator, "/elsewhere");
    expect(policyHash(elsewhere)).toBe(policyHash(one));
  });
});

describe("the operator's rules, whatever command meets them", () => {
  const rank = (text: string, book: RuleBook): number =>
    ["allow", "ask", "deny", "problem"].indexOf(check(text, book).verdict);

  it("never make a server without `allow` rules milder", { timeout: 120_000 }, async () => {
    const [bare, guarded] = await Promise.all([
      loadRuleBook(readSettings({ AWS_MCP_ALLOWED_PROFILES: "dev,qa" }), operator, "/workspace"),
      loadRuleBook(settings(), operator, "/workspace"),
    ]);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(rank(text, guarded)).toBeGreaterThanOrEqual(rank(text, bare));
      }),
      { numRuns: 2000 },
    );
  });
});
