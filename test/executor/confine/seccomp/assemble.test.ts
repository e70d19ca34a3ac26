import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assemble, type Line } from "../../../../src/executor/confine/seccomp/assemble.js";
import { evaluate } from "./evaluate.js";

const bytes = (lines: readonly Line[]) => [...assemble(lines)];

const idle = (count: number): readonly Line[] => Array.from({ length: count }, () => ({ kind: "load", offset: 0 }));

/** Returns 1 for system call 7, 2 for any other, with so many lines between. */
const choice = (yes: number, no: number): readonly Line[] => [
  { kind: "load", offset: 0 },
  { kind: "jump", test: "equal", value: 7, yes: "yes", no: "no" },
  ...idle(yes),
  { kind: "label", name: "yes" },
  { kind: "return", value: 1 },
  ...idle(no),
  { kind: "label", name: "no" },
  { kind: "return", value: 2 },
];

const answer = (lines: readonly Line[], number: number) => evaluate(assemble(lines), { number, arch: 0, args: [] });

describe("assemble", () => {
  it("writes struct sock_filter, little endian", () => {
    expect(bytes(choice(0, 0))).toEqual([
      ...[0x20, 0, 0, 0, 0, 0, 0, 0],
      ...[0x15, 0, 0, 1, 7, 0, 0, 0],
      ...[0x06, 0, 0, 0, 1, 0, 0, 0],
      ...[0x06, 0, 0, 0, 2, 0, 0, 0],
    ]);
    expect(
      bytes([
        { kind: "and", mask: 0xf0000001 },
        { kind: "jump", test: "at-least", value: 0x80000000 },
        { kind: "return", value: 0x7fff0000 },
      ]),
    ).toEqual([
      ...[0x54, 0, 0, 0, 1, 0, 0, 0xf0],
      ...[0x35, 0, 0, 0, 0, 0, 0, 0x80],
      ...[0x06, 0, 0, 0, 0, 0, 0xff, 0x7f],
    ]);
  });

  it("goes farther than a byte says by jumps of their own", () => {
    const lengths = [
      [0, 254],
      [0, 255],
      [255, 0],
      [256, 0],
      [600, 600],
    ] as const;
    expect(lengths.map(([yes, no]) => assemble(choice(yes, no)).length / 8 - yes - no)).toEqual([4, 6, 6, 6, 6]);
    for (const [yes, no] of lengths) expect([7, 8].map((number) => answer(choice(yes, no), number))).toEqual([1, 2]);
  });

  it("lengthens a jump over one that became longer", () => {
    const lines: readonly Line[] = [
      { kind: "load", offset: 0 },
      { kind: "jump", test: "equal", value: 1, yes: "first" },
      ...idle(100),
      { kind: "jump", test: "equal", value: 2, yes: "second" },
      ...idle(153),
      { kind: "return", value: 3 },
      { kind: "label", name: "first" },
      { kind: "return", value: 1 },
      ...idle(101),
      { kind: "label", name: "second" },
      { kind: "return", value: 2 },
    ];
    expect([1, 2, 4].map((number) => answer(lines, number))).toEqual([1, 2, 3]);
    expect(assemble(lines).length / 8).toBe(lines.length - 2 + 4);
  });

  it("means what the lines say", () => {
    fc.assert(
      fc.property(linesArbitrary, fc.integer({ min: 0, max: 3 }), (lines, number) => {
        expect(answer(lines, number)).toBe(meaning(lines, number));
      }),
      { numRuns: 300 },
    );
  });

  it("throws for what the kernel would not load", () => {
    const back: readonly Line[] = [
      { kind: "label", name: "back" },
      { kind: "jump", test: "equal", value: 0, yes: "back" },
      { kind: "return", value: 0 },
    ];
    expect(() => assemble(back)).toThrow("no label back ahead");
    expect(() => assemble([{ kind: "jump", test: "equal", value: 0, no: "none" }])).toThrow("no label none ahead");
    expect(() => assemble(idle(4097))).toThrow("4097 BPF instructions");
    expect(assemble(idle(4096)).length).toBe(32768);
  });
});

/** Jumps to labels ahead, near and far; the last line returns. */
const linesArbitrary = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 1, 100, 250, 260),
      test: fc.constantFrom("equal" as const, "at-least" as const),
      value: fc.integer({ min: 0, max: 3 }),
      yes: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      no: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      returns: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((blocks): readonly Line[] => {
    const end = (index: number) => `block ${Math.min(index, blocks.length)}`;
    return [
      { kind: "load", offset: 0 },
      ...blocks.flatMap(({ gap, test, value, yes, no, returns }, index): readonly Line[] => [
        { kind: "label", name: `block ${index}` },
        {
          kind: "jump",
          test,
          value,
          ...(yes === undefined ? {} : { yes: end(index + yes) }),
          ...(no === undefined ? {} : { no: end(index + no) }),
        },
        ...idle(gap),
        ...(returns ? [{ kind: "return" as const, value: index }] : []),
      ]),
      { kind: "label", name: end(blocks.length) },
      { kind: "return", value: 99 },
    ];
  });

/** The lines read one by one; every load is of the number. */
const meaning = (lines: readonly Line[], number: number): number => {
  const goto = (label: string) => lines.findIndex((line) => line.kind === "label" && line.name === label);
  for (let at = 0; ; ) {
    const line = lines[at];
    if (line?.kind === "return") return line.value;
    const label = line?.kind !== "jump" ? undefined : holds(line.test, number, line.value) ? line.yes : line.no;
    at = label === undefined ? at + 1 : goto(label);
  }
};

const holds = (test: "equal" | "at-least", number: number, value: number): boolean =>
  test === "equal" ? number === value : number >= value;
