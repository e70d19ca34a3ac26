import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.js";
import type { KeptResult } from "../../../src/kept-result.js";
import { cutText, filterCommand, isWholeJson } from "../../../src/server/results/read-on.js";
import { ruleBook } from "../../policy/rule-book.js";

const ID = "0123456789abcdef0123456789abcdef";
const result = (about: Partial<KeptResult>): KeptResult => ({
  ...{ id: ID, owner: "local", path: `/ws/@result/${ID}`, bytes: 123_456, inode: "1", exact: true, json: false },
  ...{ at: 0, command: "aws s3 ls" },
  ...about,
});

describe("cutText", () => {
  it("says what is missing, where it is, and two ways to it", () => {
    expect(cutText(result({ json: true }), 100_000)).toBe(
      `cut: 23456 more bytes; the whole output is @result/${ID}\n` +
        `hint: read on with \`tail -c +100001 @result/${ID} | head -c 50000\`, or filter it: \`cat @result/${ID} | jq 'type, length'\``,
    );
  });

  it("says that the output was stopped, and does not send half a document to jq", () => {
    expect(cutText(result({ json: true, exact: false }), 0)).toBe(
      `cut: at least 123456 more bytes, and then it was stopped; its first 123456 bytes are @result/${ID}\n` +
        `hint: read on with \`tail -c +1 @result/${ID} | head -c 50000\`, or filter it: \`grep -i PATTERN @result/${ID}\``,
    );
  });

  it.each([result({}), result({ json: true }), result({ exact: false })])(
    "gives commands that are let through",
    (each) => {
      const commands = [...cutText(each, 7).matchAll(/`([^`]+)`/g)].map(([, command = ""]) => command);
      expect(commands.map((command) => check(command, ruleBook()).verdict)).toEqual(["allow", "allow"]);
    },
  );
});

describe("filterCommand", () => {
  it("knows JSON from other text, and a whole document from half of one", () => {
    expect([
      isWholeJson(result({ json: true })),
      isWholeJson(result({ json: true, exact: false })),
      isWholeJson(result({})),
    ]).toEqual([true, false, false]);
    expect(filterCommand(result({}))).toBe(`grep -i PATTERN @result/${ID}`);
  });
});
