import { describe, expect, it } from "vitest";
import type { Argument } from "../../../src/plan/plan.js";
import { UNKNOWN_ITEM, UNKNOWN_OUTPUT } from "../../../src/plan/unknown.js";
import { fillCommand } from "../../../src/utilities/xargs/fill-command.js";
import { aCall } from "./a-call.js";

const NAME: Argument = { text: "echo", span: { start: 0, end: 4 } };

const word = (text: string, ...expanded: readonly (readonly [number, number])[]): Argument => {
  const spans = expanded.map(([start, end]) => ({ start, end }));
  return { text, span: { start: 5, end: 50 }, ...(spans.length > 0 && { expanded: spans }) };
};

const replaced = (text: Argument, item: string, replace = "{}") =>
  fillCommand(aCall({ replace }), [NAME, text], [item])[1];

describe("fillCommand", () => {
  it("puts items behind the words, each marked, at the place of the last word", () => {
    const options = word("-{}x", [1, 3]);
    expect(fillCommand(aCall(), [NAME, options], ["a b", ""])).toEqual([
      NAME,
      options,
      word("a b", [0, 3]),
      word("", [0, 0]),
    ]);
  });

  it("takes the place of the name where there is no other word", () => {
    expect(fillCommand(aCall(), [NAME], ["a"])).toEqual([
      NAME,
      { text: "a", span: NAME.span, expanded: [{ start: 0, end: 1 }] },
    ]);
  });

  it("leaves the command as it is without items", () => {
    expect(fillCommand(aCall(), [NAME, word("x")], [])).toEqual([NAME, word("x")]);
  });

  it("puts an item into each place of each word but the first, and appends nothing", () => {
    const name = { ...NAME, text: "{}" };
    const command = [name, word("{}"), word("plain"), word("s3://{}/{}.txt"), word("")] as const;
    expect(fillCommand(aCall({ replace: "{}" }), command, ["ab"])).toEqual([
      name,
      word("ab", [0, 2]),
      word("plain"),
      word("s3://ab/ab.txt", [5, 7], [8, 10]),
      word(""),
    ]);
  });

  it.each([
    ["finds places from left to right", word("aaaaa"), "X", "aa", word("XXa", [0, 1], [1, 2])],
    ["does not search an item", word("{}{}"), "{}", "{}", word("{}{}", [0, 2], [2, 4])],
    ["does not make a place of an item and what follows it", word("{{}}"), "{", "{}", word("{{}", [1, 2])],
    ["marks an empty item", word("--name={}"), "", "{}", word("--name=", [7, 7])],
    ["takes patterns of String.replace for text", word("a{}b"), "$&$1$$", "{}", word("a$&$1$$b", [1, 7])],
    ["takes an expression's characters for text", word("a.b"), "X", ".", word("aXb", [1, 2])],
    [
      "puts an item that is not known yet",
      word("s3://b/{}"),
      UNKNOWN_ITEM,
      "{}",
      word(`s3://b/${UNKNOWN_ITEM}`, [7, 8]),
    ],
  ])("%s", (_rule, text, item, replace, wanted) => expect(replaced(text, item, replace)).toEqual(wanted));

  it("moves what was expanded before", () => {
    expect(replaced(word("{}-XY-{}-Z", [3, 5], [9, 10]), "item")).toEqual(
      word("item-XY-item-Z", [0, 4], [5, 7], [8, 12], [13, 14]),
    );
  });

  it("finds no place in what was expanded, nor in a part of it", () => {
    expect(replaced(word("{}{}{}", [2, 4]), "ab")).toEqual(word("ab{}ab", [0, 2], [2, 4], [4, 6]));
    expect(replaced(word("{}", [1, 2]), "ab")).toEqual(word("{}", [1, 2]));
    expect(replaced(word("{}", [1, 1]), "ab")).toEqual(word("{}", [1, 1]));
  });

  it("finds the same places before it is known what other commands give", () => {
    expect(replaced(word(`{}${UNKNOWN_OUTPUT}{}`, [2, 3]), "ab")).toEqual(
      word(`ab${UNKNOWN_OUTPUT}ab`, [0, 2], [2, 3], [3, 5]),
    );
  });
});
