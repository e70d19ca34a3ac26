import { describe, expect, it } from "vitest";
import { codeSpan } from "../../../src/server/prompts/code-span.js";

describe("codeSpan", () => {
  it.each([
    ["a", "`a`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["```", "```` ``` ````"],
    ["`a", "`` `a ``"],
    [" a ", "`  a  `"],
  ])("shows %j as %s", (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });
});
