import { isOrdinary } from "./plain-value.js";
import type { Secret } from "./secret.js";
import { namingOf } from "./secret-names.js";

/** Cells under a heading that says that they are secret, in the tables that `--output table` prints of a list. */
export const tableColumns = (text: string): readonly Secret[] => {
  if (!text.includes("|")) return [];
  const secrets: Secret[] = [];
  let rules: readonly (string | undefined)[] = [];
  let previous: readonly Cell[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const cells = cellsOf(line, start);
    start += line.length + 1;
    // A line between the heading and the rows, or at the end of them.
    if (BORDER.test(line)) rules = previous.map(({ value }) => headingRule(value));
    else if (cells.length === rules.length) secrets.push(...cells.flatMap((cell, index) => hidden(cell, rules[index])));
    previous = cells;
  }
  return secrets;
};

type Cell = { readonly value: string; readonly start: number };

const BORDER = /^\|*\+[-+]+\+\|*\s*$/;

const cellsOf = (line: string, start: number): readonly Cell[] => {
  if (!line.startsWith("|")) return [];
  let at = start;
  return line.split("|").flatMap((part): readonly Cell[] => {
    const value = part.trim();
    const cell = { value, start: at + part.length - part.trimStart().length };
    at += part.length + 1;
    return value === "" && part.length < 2 ? [] : [cell];
  });
};

const headingRule = (heading: string): string | undefined => {
  const naming = /^[\w.-]+$/.test(heading) ? namingOf(heading) : undefined;
  return naming?.kind === "secret" ? naming.rule : undefined;
};

const hidden = ({ value, start }: Cell, rule: string | undefined): readonly Secret[] =>
  rule === undefined || isOrdinary(value) ? [] : [{ start, end: start + value.length, rule }];
