import { tmpdir } from "node:os";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeSedScript } from "../../../src/utilities/sed/judge-sed-script.js";
import { oneLiners } from "./one-liners.js";
import { sedScript } from "./random-sed-script.js";
import { runSed } from "./run-sed.js";

// No command and no part of one: wherever a command may begin, and nowhere else, sed says that it does not know it.
const PROBE = "@";

const compile = (script: string, options: readonly string[] = []) =>
  runSed(["--sandbox", "-n", ...options, `--expression=${script}`], tmpdir());

/** Where sed reads the probe, put at the end of a beginning of the script, as a command; places are counted in code units. */
const realCommands = (script: string, options: readonly string[] = []): readonly number[] =>
  places(script).filter((at) =>
    compile(script.slice(0, at) + PROBE, options).stderr.includes(`unknown command: \`${PROBE}'`),
  );

const ourCommands = (script: string): readonly number[] =>
  places(script).filter((at) => {
    const judged = judgeSedScript(script.slice(0, at) + PROBE);
    return !judged.ok && judged.error.message.endsWith(" is no command of sed") && judged.error.offset === at;
  });

// A number that is missing after `+` or `~` is 0 to sed, and refused here.
const places = (script: string): readonly number[] =>
  Array.from({ length: script.length + 1 }, (_, at) => at).filter((at) => !/[+~][ \t]*$/.test(script.slice(0, at)));

// These depend on `-E` and on the library of regular expressions, or show only when the whole program has been read.
const OF_EXPRESSIONS =
  /: (Unmatched .*|Invalid .*(expression|reference|content|range end|class name|collation character)|invalid reference .* RHS|no previous regular expression|Trailing backslash|Regular expression too big|Premature end.*)$/m;

describe("a script that judgeSedScript accepts", () => {
  it("compiles in sed, but for its regular expressions", () => {
    let accepted = 0;
    fc.assert(
      fc.property(sedScript, (script) => {
        if (!judgeSedScript(script).ok) return;
        accepted += 1;
        const { stderr } = compile(script);
        if (!OF_EXPRESSIONS.test(stderr)) expect(stderr).toBe("");
      }),
      { numRuns: Number(process.env.SED_RUNS ?? 1500) },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it("begins its commands where sed begins them", () => {
    let compared = 0;
    fc.assert(
      fc.property(sedScript, (script) => {
        if (script.length > 40 || !judgeSedScript(script).ok || compile(script).stderr !== "") return;
        compared += 1;
        expect(ourCommands(script)).toEqual(realCommands(script));
      }),
      { numRuns: Number(process.env.SED_RUNS ?? 300) },
    );
    expect(compared).toBeGreaterThan(30);
  });

  it.each(oneLiners)("begins its commands where sed begins them: %j", ({ options, scripts }) => {
    const script = scripts.join("\n");
    const extended = options.filter((option) => option === "-E" || option === "-r");
    expect(ourCommands(script)).toEqual(realCommands(script, extended));
  });
});
