import { describe, expect, it } from "vitest";
import { type Checked, check, planText } from "../../src/check.js";
import { quoteArgv } from "../../src/language/quote.js";
import { judge } from "../../src/policy/judge.js";
import { lines } from "./predecessor.js";
import { ruleBook } from "./rule-book.js";
import { SETTINGS } from "./settings.js";

const strict = ruleBook();
const readOnly = ruleBook({ mode: "read-only" });
const permissive = ruleBook({ mode: "permissive" });

// The weaknesses that are none here, because
const HARMLESS: Readonly<Record<string, string>> = {
  W022: "`update-role-description` changes a text, although its name begins like `update-role`",
  W156: "nothing expands `*`, so it is a part of the key",
  W165: "an aws stage is judged by the same rules wherever it stands, and this one only lists",
  W170: "`base64` is described, and opens no file here",
  W171: "`column` is described, and opens no file here",
  ...Object.fromEntries(
    ["W172", "W173", "W174", "W177", "W180", "W181"].map((id) => [
      id,
      "the filter is described, and opens no file here",
    ]),
  ),
  W182: "`printf` is described, and only prints its words",
  W183: "`seq` is described, and only counts",
};

// What they endanger is the account, which mode permissive leaves to AWS. All others reach for a shell, a file, the environment, a
// host or an identity, or mean nothing.
const IN_THE_ACCOUNT = [
  ...["T003", "T009", "T011", "T012", "T013", "T018", "T019", "T020", "T021", "T022", "T029", "T030", "T031", "T032"],
  ...["T033", "T034", "T038", "T050", "T082", "T083", "W004", "W006", "W007", "W008", "W009", "W023", "W024", "W033"],
  ...["W035", "W037", "W038", "W039", "W040", "W042", "W043", "W044", "W046", "W087"],
];

const rank = ({ verdict }: Pick<Checked, "verdict">): number => ["allow", "ask", "deny", "problem"].indexOf(verdict);

describe("security/attacks/predecessor.jsonl", () => {
  it("has 102 cases of tests and 84 weaknesses, every id once", () => {
    const ids = lines.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.startsWith("T")).length).toBe(102);
    expect(ids.filter((id) => id.startsWith("W")).length).toBe(84);
  });

  it("says of every line in a few words why its verdict is right", () => {
    const wordy = lines.filter(({ because }) => !/^[^A-Z\n][^\n]{9,160}[^.\n]$/.test(because));
    expect(wordy).toEqual([]);
  });

  it.each(lines)("$id is $verdict, $code: $command", ({ command, verdict, code }) => {
    expect(check(command, strict)).toMatchObject({ verdict, code });
  });

  it("has these weaknesses alone that are allowed", () => {
    const allowed = lines.filter(({ id, verdict }) => id.startsWith("W") && verdict === "allow");
    expect(allowed.map(({ id }) => id)).toEqual(Object.keys(HARMLESS));
  });

  it("has nothing that is milder in mode read-only, and nothing there but reads", () => {
    for (const line of lines) {
      const checked = check(line.command, readOnly);
      const reads = checked.effects.every((effect) => effect === "read");
      expect([line.id, rank(checked) >= rank(line), checked.verdict === "ask"]).toEqual([line.id, true, false]);
      expect([line.id, checked.verdict === "allow" && !reads]).toEqual([line.id, false]);
    }
  });

  it("has these alone that mode permissive allows and strict does not: their danger is in the account", () => {
    const milder = lines.filter(
      ({ command, verdict }) => verdict !== "allow" && check(command, permissive).verdict === "allow",
    );
    expect(milder.map(({ id }) => id)).toEqual(IN_THE_ACCOUNT);
  });

  it("has nothing else that mode permissive answers in another way", () => {
    for (const { id, command, verdict, code } of lines.filter((line) => !IN_THE_ACCOUNT.includes(line.id))) {
      const checked = check(command, permissive);
      expect([id, checked.verdict, checked.code]).toEqual([id, verdict, code]);
    }
  });

  it("runs nothing of a problem, and every stage of what is allowed or asked", () => {
    for (const { id, command, verdict } of lines.filter((line) => line.verdict !== "deny")) {
      const planned = planText(command, SETTINGS);
      expect([id, planned.ok]).toEqual([id, verdict !== "problem"]);
      expect([id, check(command, strict).canonical.length]).toEqual([id, planned.ok ? planned.value.stages.length : 0]);
    }
  });

  it("is judged the same once it is canonical", () => {
    for (const { id, command } of lines) {
      const { verdict, code, canonical, effects } = check(command, strict);
      if (canonical.length === 0) continue;
      expect([id, check(canonical.map(quoteArgv).join(" | "), strict)]).toMatchObject([
        id,
        { verdict, code, canonical, effects },
      ]);
    }
  });

  it("has W159 as two stages, of which the second is refused by itself", () => {
    const planned = planText(lines.find(({ id }) => id === "W159")?.command ?? "", SETTINGS);
    const findings = planned.ok ? judge(planned.value, strict).findings : [];
    expect(findings.map(({ stage, code }) => [stage, code])).toEqual([
      [0, "aws-s3-uri"],
      [1, "file-outside-workspace"],
    ]);
  });
});
