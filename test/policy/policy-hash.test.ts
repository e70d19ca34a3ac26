import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { policyHash } from "../../src/policy/policy-hash.js";
import type { RuleBook } from "../../src/policy/rule-book.js";
import { withPolicyFile } from "../../src/policy-file.js";
import { ruleBook } from "./rule-book.js";

const base = (): RuleBook =>
  ruleBook({
    profiles: ["default", "dev"],
    targets: new Set(["ours", "123456789012"]),
    cells: { egress: "deny", destroy: "ask" },
    regions: new Map([
      ["default", "us-east-1"],
      ["dev", "eu-west-1"],
    ]),
  });

const changed = (changes: Partial<RuleBook>): string => policyHash({ ...base(), ...changes });

describe("policyHash", () => {
  it("is a SHA-256, the same for equal books", () => {
    expect(policyHash(base())).toMatch(/^[0-9a-f]{64}$/);
    expect(policyHash(base())).toBe(policyHash(base()));
  });

  it.each<[string, Partial<RuleBook>]>([
    ["the mode", { mode: "permissive" }],
    ["a cell", { cells: { egress: "ask", destroy: "ask" } }],
    ["a cell less", { cells: { egress: "deny" } }],
    ["no cells", { cells: {} }],
    ["who answers", { approval: "client" }],
    ["nobody answers", { approval: "deny" }],
    ["the server's own profile", { profiles: ["dev", "default"] }],
    ["a profile more", { profiles: ["default", "dev", "prod"] }],
    ["a profile's region", { regions: new Map([["default", "us-east-2"]]) }],
    ["two regions exchanged", { regions: new Map([["default", "eu-west-1"], ["dev", "us-east-1"]]) }], // biome-ignore format: one line per case
    ["a target more", { targets: new Set(["ours", "123456789012", "theirs"]) }],
    ["two targets that read as one", { targets: new Set(["ours,123456789012"]) }],
    ["the endpoint", { endpoint: "http://127.0.0.1:5000" }],
    ["an endpoint without text", { endpoint: "" }],
    ["whether the CLI fetches URLs", { fetchesUrls: true }],
    ["the data", { data: "other" }],
  ])("changes with %s", (_, changes) => {
    expect(changed(changes)).not.toBe(policyHash(base()));
  });

  it("is another for each of these", () => {
    const hashes = [
      { mode: "read-only" },
      { approval: "deny" },
      { data: "read-only" },
      { endpoint: "read-only" },
    ] as const;
    expect(new Set(hashes.map(changed)).size).toBe(hashes.length);
  });

  it("does not change with the order in which sets and cells were written", () => {
    expect(
      changed({
        targets: new Set(["123456789012", "ours"]),
        cells: { destroy: "ask", egress: "deny" },
        regions: new Map([
          ["dev", "eu-west-1"],
          ["default", "us-east-1"],
        ]),
      }),
    ).toBe(policyHash(base()));
  });

  it("does not change with the workspace's place, nor with what is found out about accounts", () => {
    expect(changed({ workspace: "/elsewhere", accounts: new Map([["default", "123456789012"]]) })).toBe(
      policyHash(base()),
    );
  });

  it("changes with every byte of the operator's own policy file", () => {
    const folder = mkdtempSync(join(tmpdir(), "policy-hash-test-"));
    const hashOf = (text: string): string => {
      const path = join(folder, "policy.yaml");
      writeFileSync(path, text);
      return policyHash(withPolicyFile(base(), path));
    };
    try {
      const limits = (account: string) => `limits:\n  accounts: ["${account}"]\n`;
      const hashes = [limits("123456789012"), limits("123456789013"), `${limits("123456789012")}# a remark\n`].map(
        hashOf,
      );
      expect(new Set([...hashes, policyHash(base())]).size).toBe(4);
      expect(hashOf(limits("123456789012"))).toBe(hashes[0]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
