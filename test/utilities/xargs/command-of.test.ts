import { describe, expect, it } from "vitest";
import { commandOf } from "../../../src/utilities/xargs/command-of.js";
import { aCall } from "./a-call.js";

const word = (text: string, start: number) => ({ text, span: { start, end: start + text.length } });

describe("commandOf", () => {
  it("is what stands behind the options, as written", () => {
    const words = [word("-n1", 6), word("aws", 10), { ...word("x", 14), expanded: [{ start: 0, end: 1 }] }] as const;
    expect(commandOf(aCall({ command: 2 }), [word("xargs", 0), ...words])).toEqual([words[1], words[2]]);
  });

  it("is echo where there is none", () => {
    const echo = { text: "echo", span: { start: 0, end: 5 } };
    expect(commandOf(aCall(), [word("xargs", 0), word("-n1", 6)])).toEqual([echo]);
  });
});
