import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallOptions } from "../../../src/engine.js";
import { answerOf } from "../../../src/server/answer.js";
import { type AuditBench, auditBench } from "./audit-bench.js";

let audit: AuditBench;

beforeEach(() => {
  audit = auditBench();
});
afterEach(() => audit.remove());

const call = (more: Partial<CallOptions> = {}): CallOptions => ({
  ...{ milliseconds: 20_000, signal: new AbortController().signal, sink: undefined, request: "7" },
  ...more,
});

const MESSAGE = "the audit log was moved, removed or replaced while the server runs";

const lost = (policy: string) => ({
  ...{ verdict: "deny", code: "audit-lost", message: MESSAGE, hint: expect.stringMatching(/^ask the operator to /) },
  ...{ excerpt: "", canonical: [], runs: "", effects: [], policy },
});

describe("auditedEngine without a log to write to", () => {
  it("runs nothing and judges nothing", async () => {
    const engine = audit.engineOf();
    audit.lose();
    const answers = [
      await engine.run("aws s3 mb s3://b", call()),
      await engine.runArgv(["aws", "s3", "mb", "s3://b"], call()),
    ];
    const refused = { kind: "refused", checked: lost(engine.policy), policy: engine.policy };
    expect(answers).toEqual([refused, refused]);
    expect(await engine.check("aws s3 ls", { signal: new AbortController().signal })).toEqual(lost(engine.policy));
    expect(audit.aws.calls()).toEqual([]);
    expect(audit.newLines()).toEqual([]);
  });

  it("tells the operator when it begins, and not each time", async () => {
    const engine = audit.engineOf();
    audit.lose();
    await engine.run("true", call());
    await engine.run("true", call());
    expect(audit.told()).toEqual([{ event: "audit-lost", principal: "token:bob", message: MESSAGE }]);
  });

  it.each(["aws s3 mb s3://b", "aws s3 mb s3://b; true"])(
    "keeps the answer to %s, which has run, warns in it, and refuses what comes after",
    async (text) => {
      const engine = audit.engineOf();
      let isLost = false;
      const started = (): void => {
        if (!isLost) audit.lose();
        isLost = true;
      };
      const { isError, text: shown, structured } = answerOf(await engine.run(text, call({ started })));
      const warning = `this has run, and it is not written down: ${MESSAGE}`;
      expect([isError, structured.status, structured.warnings]).toEqual([false, "success", [warning]]);
      expect(shown).toContain(`warning: ${warning}`);
      expect(audit.aws.calls()).toEqual([["s3", "mb", "s3://b"]]);
      const about = { principal: "token:bob", message: MESSAGE };
      expect(audit.told()).toEqual([{ event: "audit-lost", ...about, id: expect.any(String), request: "7" }]);
      expect((await engine.run("aws s3 mb s3://c", call())).kind).toBe("refused");
      expect(audit.aws.calls()).toHaveLength(1);
      expect(audit.told()).toEqual([]);
    },
  );

  it("gives out no verdict, question or failure that nobody can look up", async () => {
    for (const [text, kind] of [
      ["aws s3 rb s3://b", "ask"],
      ["aws iam create-access-key", "refused"],
      ["aws s3 ls", "ran"],
    ] as const) {
      if (kind !== "ask") audit = auditBench();
      const inner = audit.bench.engine;
      const options = call(kind === "ran" ? { signal: AbortSignal.abort() } : {});
      expect((await inner.run(text, options)).kind).toBe(kind);
      const engine = audit.audited({
        ...inner,
        run: async (asked, asking) => {
          const answer = await inner.run(asked, asking);
          audit.lose();
          return answer;
        },
      });
      expect(await engine.run(text, options)).toMatchObject({ kind: "refused", checked: lost(engine.policy) });
      audit.remove();
    }
    audit = auditBench();
    const inner = audit.bench.engine;
    const engine = audit.audited({
      ...inner,
      check: async (text, asking) => {
        audit.lose();
        return inner.check(text, asking);
      },
    });
    expect(await engine.check("true", { signal: new AbortController().signal })).toEqual(lost(engine.policy));
  });

  it("throws a mistake of ours all the same", async () => {
    const engine = audit.audited({
      ...audit.bench.engine,
      run: async () => {
        audit.lose();
        throw new Error("a mistake");
      },
    });
    await expect(engine.run("true", call())).rejects.toThrow("a mistake");
  });
});
