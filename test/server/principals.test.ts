import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine, type EngineAnswer } from "../../src/engine.js";
import type { ServerParts } from "../../src/server/create-server.js";
import { createPrincipals, type Principals } from "../../src/server/principals.js";
import { sharedParts } from "../../src/server/server-parts.js";
import { readSettings } from "../../src/settings.js";
import { type Bench, benchMachine } from "../executor/bench-machine.js";

let bench: Bench;
let principals: Principals;
let now = Date.now();

beforeAll(() => {
  bench = benchMachine();
  const { book, seals, settings, engine } = bench;
  const machine = { ...bench.machine, now: () => now };
  const engineAt = (workspace: string) =>
    createEngine({
      ...settings,
      maxOutput: 20,
      book: { ...book, workspace },
      machine: { ...machine, workspace },
      seals,
    });
  principals = createPrincipals({
    started: { machine, book, seals, engine, engineAt },
    settings: readSettings({}),
    operator: {},
    shared: sharedParts(machine),
    watch: (own) => ({ engine: own }),
  });
});

afterAll(() => {
  bench.remove();
  bench.machine.directories.remove();
});

const partsOf = (name: string, access: "read" | "write" = "write"): ServerParts => {
  const parts = principals.partsOf({ name, access });
  if (parts === undefined) throw new Error(`${name} is one too many`);
  return parts;
};

const run = ({ engine, principal }: ServerParts, text: string): Promise<EngineAnswer> =>
  engine.run(text, { milliseconds: 20_000, signal: new AbortController().signal, sink: undefined, principal });

const outcome = (answer: EngineAnswer): string => {
  if (answer.kind === "refused") return answer.checked.code;
  if (answer.kind === "ran" && answer.result.kind === "run") return answer.result.output.text;
  return answer.kind;
};

const folders = (): readonly string[] => readdirSync(bench.machine.workspace).filter((name) => name.startsWith("p-"));

describe("createPrincipals", () => {
  it("gives each principal a folder of its own, which nobody else may enter", () => {
    partsOf("token:ci");
    partsOf("oauth:auth0|Ana/../x");
    expect(folders().map((name) => name.replace(/[0-9a-f]{16}$/, "…"))).toEqual([
      "p-oauth-auth0-Ana-x-…",
      "p-token-ci-…",
    ]);
    const modes = folders().map((name) => statSync(join(bench.machine.workspace, name)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700]);
  });

  it("gives the same parts each time, and names that differ in letters alone are two", () => {
    expect(partsOf("token:ci")).toBe(partsOf("token:ci"));
    expect(partsOf("token:a-b").engine).not.toBe(partsOf("token:a_b").engine);
    expect(new Set(folders()).size).toBe(4);
  });

  it("shows a principal its own files alone, by any name", async () => {
    const [mine = ""] = folders().filter((name) => name.startsWith("p-token-ci-"));
    writeFileSync(join(bench.machine.workspace, mine, "notes.txt"), "mine\n");
    expect(outcome(await run(partsOf("token:ci"), "cat notes.txt"))).toBe("mine\n");
    const others = partsOf("token:other");
    for (const path of ["notes.txt", `../${mine}/notes.txt`, `${bench.machine.workspace}/${mine}/notes.txt`])
      expect([path, outcome(await run(others, `cat ${path}`))]).not.toEqual([path, "mine\n"]);
  });

  it("keeps output for the principal whose it is", async () => {
    const [mine, its] = [partsOf("token:ci"), partsOf("token:other")];
    const answer = await run(mine, "seq 100");
    const [kept] = "kept" in answer ? answer.kept : [];
    expect((await mine.engine.results.list("token:ci")).map(({ id }) => id)).toEqual([kept?.id]);
    expect(await its.engine.results.list("token:ci")).toEqual([]);
    expect(await its.engine.results.get(kept?.id ?? "", "token:ci")).toBeUndefined();
    expect(outcome(await run(mine, `head -n 1 @result/${kept?.id}`))).toBe("1\n");
    expect(outcome(await run(its, `head -n 1 @result/${kept?.id}`))).not.toBe("1\n");
  });

  it("lets a principal that may only read do nothing else, whatever its other tokens may", async () => {
    const reader = partsOf("token:ci", "read");
    const signal = new AbortController().signal;
    expect(await reader.engine.check("aws s3 mb s3://b", { signal })).toMatchObject({
      verdict: "deny",
      code: "effect-write",
      hint: "only reads run here; use a describe, list or get operation; the token of this client may only read",
    });
    expect((await reader.engine.check("aws s3 ls", { signal })).verdict).toBe("allow");
    expect(outcome(await run(reader, "aws s3 mb s3://b"))).toBe("effect-write");
    expect((await reader.engine.check("aws s3api get-object --bucket b --key k x", { signal })).hint).toBe(
      "write `-` in place of the file; the token of this client may only read",
    );
    const written = await reader.engine.runArgv(["aws", "s3", "mb", "s3://b"], {
      ...{ milliseconds: 1000, signal, sink: undefined },
    });
    expect(outcome(written)).toBe("effect-write");
    expect((await partsOf("token:ci").engine.check("aws s3 mb s3://b", { signal })).verdict).toBe("allow");
    expect(outcome(await run(reader, "cat notes.txt"))).toBe("mine\n");
  });

  it("knows 1,024 principals, and one more only in place of one that has sent nothing for a day", () => {
    const parts = partsOf("token:ci");
    for (let count = 0; count < 1100; count++) principals.partsOf({ name: `oauth:${count}`, access: "write" });
    expect(principals.partsOf({ name: "oauth:one more", access: "write" })).toBeUndefined();
    expect(folders().length).toBe(1024);
    now += 100_000_000;
    expect(partsOf("token:ci")).toBe(parts);
    const [first, second] = [partsOf("oauth:0"), partsOf("oauth:1")];
    expect(partsOf("oauth:one more")).toBe(partsOf("oauth:one more"));
    expect([parts, first, second].map(({ ended }) => ended?.aborted)).toEqual([false, false, false]);
    expect(partsOf("oauth:0")).toBe(first);
    now += 100_000_000;
    for (let count = 0; count < 1024; count++) partsOf(`oauth:later ${count}`);
    expect([parts, first, second].map(({ ended }) => ended?.aborted)).toEqual([true, true, true]);
  });
});
