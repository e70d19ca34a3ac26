import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.js";
import { type Attack, attacks, lines, lookalikes } from "./attacks.js";
import { respelled } from "./respell.js";
import { ruleBook } from "./rule-book.js";

const strict = ruleBook();
const readOnly = ruleBook({ mode: "read-only" });
const permissive = ruleBook({ mode: "permissive" });

// Attacks that strict still lets through; the rule that stops one takes it off this list.
const OPEN: readonly string[] = [];
const stopped = attacks.filter(({ id }) => !OPEN.includes(id));

// What these classes try lies on the floor, so no mode lets it through.
const FLOOR = [
  "case",
  "duplicate",
  "endpoint",
  "file",
  "host",
  "injection",
  "name",
  "option",
  "outfile",
  "profile",
  "unicode",
];

// Where the fault is a word's place, another order may mend it.
const howOf = (attack: Attack) => (["option", "duplicate"].includes(attack.class) ? "same-words" : "all");

describe("security/attacks/aws.jsonl", () => {
  it("has at least 550 attacks, every line once", () => {
    expect(attacks.length).toBeGreaterThanOrEqual(550);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    expect(new Set(lines.map(({ command }) => command)).size).toBe(lines.length);
  });

  it("has every class", () => {
    expect([...new Set(lines.map((each) => each.class))].sort()).toEqual([
      "abbreviation",
      "case",
      "credential-mint",
      "credential-read",
      "destroy",
      "disarm",
      "duplicate",
      "egress",
      "endpoint",
      "execute",
      "file",
      "host",
      "injection",
      "input",
      "local",
      "name",
      "option",
      "outfile",
      "permissions",
      "profile",
      "quoting",
      "unicode",
      "write",
    ]);
  });

  it.each(stopped)("$id is not allowed in mode strict: $command", ({ command }) => {
    expect(check(command, strict).verdict).not.toBe("allow");
  });

  it("has these alone that strict still lets through", () => {
    expect(attacks.filter(({ command }) => check(command, strict).verdict === "allow").map(({ id }) => id)).toEqual(
      OPEN,
    );
  });

  it("has nothing that mode read-only even asks about", () => {
    const through = stopped.filter(({ command }) => !["deny", "problem"].includes(check(command, readOnly).verdict));
    expect(through).toEqual([]);
  });

  it("has nothing of the floor's classes that any mode lets through", () => {
    const onFloor = stopped.filter((attack) => FLOOR.includes(attack.class));
    const through = onFloor.filter(({ command }) => !["deny", "problem"].includes(check(command, permissive).verdict));
    expect(through).toEqual([]);
    expect(onFloor.length).toBeGreaterThanOrEqual(200);
  });

  it("has nothing that mode permissive allows as a plain read or write", () => {
    for (const { id, command } of stopped) {
      const { verdict, effects } = check(command, permissive);
      expect([id, verdict === "allow" && effects.every((effect) => effect === "read" || effect === "write")]).toEqual([
        id,
        false,
      ]);
    }
  });

  it.each(lookalikes)("$id is an ordinary $expect: $command", ({ command, expect: effect }) => {
    expect(check(command, strict)).toMatchObject({ verdict: "allow", effects: [effect] });
    expect(check(command, readOnly).verdict).toBe(effect === "read" ? "allow" : "deny");
  });

  it("is not allowed in another spelling", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...stopped).chain((attack) => respelled(attack.command, howOf(attack))),
        (text) => {
          expect(check(text, strict).verdict).not.toBe("allow");
          expect(check(text, readOnly).verdict).not.toMatch(/allow|ask/);
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it("keeps its verdict's shape when it is refused", () => {
    for (const { command } of stopped) {
      const { code, message, hint } = check(command, strict);
      expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
      expect([command, /^[^A-Z\n][^\n]*[^.\n]$/.test(message)]).toEqual([command, true]);
      expect([command, hint !== "" && !/\n/.test(hint)]).toEqual([command, true]);
    }
  });
});
