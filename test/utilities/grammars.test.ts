import { describe, expect, it } from "vitest";
import { exampleWords } from "../../src/utilities/example-words.js";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { grammars, parsedFiles } from "./grammar-files.js";

const words = (command: string): readonly string[] => exampleWords(command) ?? [];
const described = parsedFiles.flatMap((parsed) => (parsed.kind === "refused" ? [] : [parsed]));

describe.each(described)("$file", ({ spec }) => {
  it.each(spec.accepts)("accepts %s", (command) => {
    expect(matchUtility(grammars, words(command), "/workspace")).toMatchObject({
      ok: true,
      value: { name: spec.utility },
    });
  });

  it.each(spec.refuses)("refuses %j", (command) => {
    expect(matchUtility(grammars, words(command), "/workspace").ok).toBe(false);
  });

  it("spells what it refuses in the language", () => {
    // echo refuses nothing that a text can spell.
    const unread = spec.refuses.filter((command) => exampleWords(command) === undefined);
    expect(unread).toEqual(spec.utility === "echo" ? spec.refuses : []);
  });

  it.each(spec.accepts)("reads what it writes for %s as the same argv", (command) => {
    const matched = matchUtility(grammars, words(command), "/workspace");
    const argv = matched.ok ? matched.value.argv : [];
    expect(matchUtility(grammars, argv, "/workspace")).toMatchObject({ ok: true, value: { argv } });
  });
});

describe("hints", () => {
  const hints = [
    ...[...grammars.refused.values()],
    ...described.flatMap(({ spec }) =>
      "options" in spec
        ? [
            ...spec.options.flatMap(({ hint }) => hint ?? []),
            ...spec.operands.flatMap(({ hint, plus }) => [hint ?? "", plus ?? ""]),
          ]
        : [],
    ),
  ];
  const commands = hints.flatMap((hint) =>
    [...hint.matchAll(/`([^`]+)`/g)].flatMap(([, quoted = ""]) => quoted.split(" | ")),
  );
  // A name with its bare letter, such as `grep -o`, speaks of an option and is no call.
  const calls = commands.filter(
    (command) => / [^-]| -[^ ]{2,}$/.test(command) && grammars.utilities.has(words(command)[0] ?? ""),
  );

  it("name calls", () => expect(calls.length).toBeGreaterThan(30));

  it.each([...new Set(calls)])("names a call that is accepted: %s", (command) => {
    expect(matchUtility(grammars, words(command), "/workspace")).toMatchObject({ ok: true });
  });
});
