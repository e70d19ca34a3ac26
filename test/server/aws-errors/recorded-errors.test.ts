import { rmSync, writeFileSync } from "node:fs";
import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credentialProblem } from "../../../src/executor/aws-errors/credential-problem.js";
import { awsError } from "../../../src/server/aws-error.js";
import { needAws } from "../../provision/needs.js";
import { failedRun } from "./failed-run.js";
import { operatorHome } from "./operator-home.js";
import { type RecordedError, recordedErrors, TABLE } from "./recorded-error.js";
import { runAws } from "./run-aws.js";

const errors = recordedErrors();
const ids = errors.map(({ id }) => id);

type Told = { readonly code: string; readonly message: string; readonly hint: string };

/** What is told about an error stream. Of the engine's own look-up of credentials only the last line comes this far. */
const toldOf = ({ when, exit, command }: RecordedError, stderr: string): Told => {
  const profile = command.includes("--profile") ? command.at(-1) : undefined;
  const told =
    when === "credentials"
      ? credentialProblem(stderr.trim().split("\n").at(-1) ?? "", profile ?? "default")
      : awsError(failedRun(exit, stderr));
  return told ?? { code: "", message: "", hint: "" };
};

/** The engine asks for structured errors in a stage; its own look-up gets prose. */
const read = (row: RecordedError): string => (row.when === "credentials" ? row.prose : row.structured);

describe("what the real AWS CLI has printed", () => {
  it("is of at least thirty kinds, none of them twice", () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(150);
    expect(new Set(errors.map(({ code }) => code)).size).toBeGreaterThanOrEqual(30);
  });

  it.each(errors.map((row) => [row.id, row] as const))("is told apart: %s", (_, row) => {
    const { code, message, hint } = toldOf(row, read(row));
    expect({ code, hint }).toEqual({ code: row.code, hint: row.hint });
    expect(message).toMatch(/^[a-z][^\n]*[^.\n ]$|^[a-z][^\n]*\.$/);
  });

  it.each(errors.filter(({ when }) => when === undefined).map((row) => [row.id, row] as const))(
    "is told as the same kind in prose: %s",
    (_, row) => {
      expect(toldOf(row, row.prose).code).toBe(row.code);
    },
  );
});

describe("what the real AWS CLI prints", () => {
  let home: string;
  beforeAll(() => {
    home = operatorHome();
  });
  afterAll(() => rmSync(home, { recursive: true }));

  const live = errors.filter((row) => row.live === true);

  it.concurrent.each(live.map((row) => [row.id, row] as const))("is what the table says: %s", async (_, row) => {
    const format = row.when === "credentials" ? "legacy" : "json";
    const printed = await runAws(needAws(), home, row, format);
    expect(printed).toEqual({ exit: row.exit, stderr: read(row) });
  });
});

const wanted = process.env.AWSPIPE_RECORD_ERRORS;

describe.runIf(wanted !== undefined)("the table", () => {
  it("is written anew", { timeout: 3_600_000 }, async () => {
    const home = operatorHome();
    const turns = pLimit(2);
    const printed = async (row: RecordedError): Promise<RecordedError> => {
      if (!new RegExp(wanted ?? "").test(row.id)) return row;
      const { exit, stderr: structured } = await runAws(needAws(), home, row, "json");
      const { stderr: prose } = await runAws(needAws(), home, row, "legacy");
      return { ...row, exit, structured, prose };
    };
    const rows = await Promise.all(errors.map((row) => turns(() => printed(row))));
    rmSync(home, { recursive: true });
    const told = rows.map((row) => {
      const { code, hint } = toldOf(row, read(row));
      return { ...row, code, hint };
    });
    writeFileSync(TABLE, told.map((row) => `${JSON.stringify(row)}\n`).join(""));
  });
});
