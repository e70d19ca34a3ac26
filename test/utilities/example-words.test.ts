import { describe, expect, it } from "vitest";
import { exampleWords } from "../../src/utilities/example-words.js";

describe("exampleWords", () => {
  it.each([
    ["a b", ["a", "b"]],
    ["  a   b  ", ["a", "b"]],
    ["'a b'c", ["a bc"]],
    ["''", [""]],
    ['a "" b', ["a", "", "b"]],
    ['"a \\" \\\\ \\n"', ['a " \\ \\n']],
    ["a\\ b \\'", ["a b", "'"]],
    ["", []],
  ])("splits %j", (text, words) => expect(exampleWords(text)).toEqual(words));

  it.each(["'a", 'a "b', "a\\"])("gives nothing for %j", (text) => expect(exampleWords(text)).toBeUndefined());
});
