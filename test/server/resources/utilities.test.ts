import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.js";
import { notesOf } from "../../../src/server/resources/compile-texts.js";
import { utilityList, utilityNames, utilityPage } from "../../../src/server/resources/utilities.js";
import { parsedGrammars } from "../../../src/utilities/compile-grammars.js";
import { ruleBook } from "../../policy/rule-book.js";
import { grammars } from "../../utilities/grammar-files.js";

const FOLDER = join(import.meta.dirname, "../../../grammar/utilities");
const parts = { grammars, notes: Object.fromEntries(parsedGrammars(FOLDER).flatMap(notesOf)) };

/** The page of a program that runs. */
const pageOf = (name: string) => {
  const page = utilityPage(name, parts);
  if (page?.runs !== true) throw new Error(`${name} does not run`);
  return page;
};

describe("awspipe://utilities", () => {
  it("names every utility and xargs, each with the reason why it is there", () => {
    const { utilities } = utilityList(parts);
    expect(utilities.map(({ name }) => name)).toEqual([...grammars.utilities.keys(), "xargs"].sort());
    expect(utilities.find(({ name }) => name === "head")).toEqual({
      name: "head",
      because: "passes on at most what it is asked for and writes nothing but its output",
    });
    expect(JSON.stringify(utilityList(parts)).length).toBeLessThan(8000);
  });

  it("does not name one of which nothing is said", () => {
    expect(() => utilityList({ grammars, notes: {} })).toThrow("nothing is said of awk; build again");
  });
});

describe("awspipe://utilities/{name}", () => {
  it("has operands, options, refused options and examples", () => {
    expect(utilityPage("head", parts)).toEqual({
      name: "head",
      runs: true,
      because: "passes on at most what it is asked for and writes nothing but its output",
      number: "-5 is --lines=5, as the first word",
      operands: [{ name: "file", value: "file of the workspace, or - for the input", optional: true, many: true }],
      options: [
        { option: "-n, --lines", value: "count such as 10 or 2K, - may stand before it" },
        { option: "-c, --bytes", value: "count such as 10 or 2K, - may stand before it" },
        { option: "-q, --quiet, --silent" },
        { option: "-v, --verbose" },
        { option: "-z, --zero-terminated" },
        { option: "--help" },
        { option: "--version" },
      ],
      refused_options: [expect.objectContaining({ option: "---presume-input-pipe" })],
      accepts: expect.arrayContaining(["head -5"]),
      refuses: expect.arrayContaining(["head /etc/shadow"]),
    });
  });

  it("says when an operand is there", () => {
    const operands = (name: string) => pageOf(name).operands.map(({ value, ...rest }) => rest);
    expect(operands("sed")[0]).toMatchObject({ name: "script", not_with: ["expression", "help", "version"] });
    expect(operands("xargs")).toEqual([{ name: "command", optional: true, many: true }]);
  });

  it("says what a second name of a utility stands for", () => {
    expect(utilityPage("egrep", parts)).toMatchObject({ name: "egrep", is: "grep --extended-regexp" });
    expect(utilityPage("grep", parts)).not.toHaveProperty("is");
    expect(utilityPage("sed", parts)).toMatchObject({ is: "sed --sandbox" });
  });

  it("writes options as the utility reads them", () => {
    const options = (name: string) => pageOf(name).options.map(({ option }) => option);
    expect(options("find")).toEqual(expect.arrayContaining(["-maxdepth", "-name", "-and, -a"]));
    expect(options("xxd")).toEqual(expect.arrayContaining([expect.stringMatching(/^-\w, -\w+/)]));
    expect(options("jq")).toEqual(expect.arrayContaining(["-r, --raw-output"]));
  });

  it("describes every utility in a page of its own that can be read at once", () => {
    for (const name of utilityNames(parts)) {
      const page = utilityPage(name, parts);
      expect(page).toMatchObject({ name, runs: true });
      expect([name, JSON.stringify(page).length < 12_000]).toEqual([name, true]);
    }
  });

  it("says what to write instead of a program that does not run", () => {
    expect(utilityPage("curl", parts)).toEqual({
      name: "curl",
      runs: false,
      instead: "use the `aws` command of the service",
    });
    expect(utilityPage("no-such-program", parts)).toBeUndefined();
    expect(utilityPage("constructor", parts)).toBeUndefined();
  });

  it("shows examples of xargs that are let through, and examples that are not", () => {
    const book = ruleBook();
    const page = pageOf("xargs");
    const verdicts = (examples: readonly string[]) =>
      examples.map((example) => check(`echo logs | ${example}`, book).verdict);
    expect(verdicts(page.accepts)).toEqual(["allow", "allow", "allow"]);
    expect(verdicts(page.refuses)).toEqual(["deny", "deny", "deny"]);
  });
});
