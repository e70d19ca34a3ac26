import { describe, expect, it } from "vitest";
import { excerpt } from "../../src/language/excerpt.js";
import { span } from "../../src/language/span.js";

const lines = (...all: string[]): string => all.join("\n");

describe("excerpt", () => {
  it("shows the line with carets under the span", () => {
    expect(excerpt("aws s3 ls > list.txt", span(10, 11))).toBe(lines("aws s3 ls > list.txt", "          ^"));
  });

  it("shows only the line on which the span starts", () => {
    expect(excerpt("a |\nb && c\nd", span(6, 8))).toBe(lines("b && c", "  ^^"));
  });

  it("ends the carets at the end of the line", () => {
    expect(excerpt("a |\\\n| b", span(2, 6))).toBe(lines("a |\\", "  ^^"));
  });

  it("shows one caret for an empty span and for a newline", () => {
    expect(excerpt("", span(0, 0))).toBe(lines("", "^"));
    expect(excerpt("a\nb", span(1, 2))).toBe(lines("a", " ^"));
    expect(excerpt("a", span(1, 1))).toBe(lines("a", " ^"));
  });

  it("shows a tab as one blank", () => {
    expect(excerpt("a\t\tb;", span(4, 5))).toBe(lines("a  b;", "    ^"));
  });

  it("shows what is invisible", () => {
    expect(excerpt("a\0b\u001b\u007f\r", span(1, 2))).toBe(lines("a␀b␛␡␍", " ^"));
    expect(excerpt("a\u202eb", span(1, 2))).toBe(lines("a<U+202E>b", " ^^^^^^^^"));
    expect(excerpt("a\u0085b;", span(3, 4))).toBe(lines("a<U+0085>b;", "          ^"));
    expect(excerpt("a\ud83d", span(1, 2))).toBe(lines("a<U+D83D>", " ^^^^^^^^"));
  });

  it("counts two columns for wide characters and none for combining ones", () => {
    expect(excerpt("漢字;", span(2, 3))).toBe(lines("漢字;", "    ^"));
    expect(excerpt("😀;", span(2, 3))).toBe(lines("😀;", "  ^"));
    expect(excerpt("e\u0301;", span(2, 3))).toBe(lines("e\u0301;", " ^"));
    expect(excerpt("x漢y", span(1, 2))).toBe(lines("x漢y", " ^^"));
  });

  it("cuts a long line around the span", () => {
    expect(excerpt(`${"a".repeat(500)};${"b".repeat(500)}`, span(500, 501))).toBe(
      lines(`…${"a".repeat(40)};${"b".repeat(59)}…`, `${" ".repeat(41)}^`),
    );
  });

  it("cuts no character in two", () => {
    const text = `${"😀".repeat(100)};${"😀".repeat(100)}`;
    expect(excerpt(text, span(200, 201))).toBe(lines(`…${"😀".repeat(20)};${"😀".repeat(29)}…`, `${" ".repeat(41)}^`));
    expect(excerpt(`x${text}`, span(201, 202))).toBe(
      lines(`…${"😀".repeat(20)};${"😀".repeat(29)}…`, `${" ".repeat(41)}^`),
    );
  });

  it("cuts a long span", () => {
    expect(excerpt("a".repeat(1000), span(0, 1000))).toBe(lines(`${"a".repeat(60)}…`, "^".repeat(60)));
  });
});
