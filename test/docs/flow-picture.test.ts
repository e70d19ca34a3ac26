import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { drawFlow } from "../../docs/generate/draw-flow.js";
import type { Drawing, Point, Shape } from "../../docs/generate/drawing.js";
import { EXAMPLE, flow } from "../../docs/generate/flow.js";
import { FLOW_FILES, flowFile } from "../../docs/generate/flow-files.js";
import { contrast, dark, light, TONES } from "../../docs/generate/palette.js";
import { SIZES, widthOf } from "../../docs/generate/text-width.js";
import { check } from "../../src/check.js";
import { parse } from "../../src/language/parse.js";
import { print } from "../../src/language/print.js";
import { readSettings } from "../../src/settings.js";
import { ruleBookOf } from "../../src/start-engine.js";

describe("the example in the picture of the flow", () => {
  const shows = (title: string): unknown => {
    const step = flow.steps.find((each) => each.title === title);
    switch (step?.shows.kind) {
      case "text":
        return step.shows.text;
      case "pieces":
        return step.shows.pieces;
      case "processes":
        return step.shows.names;
      case "words":
      case "nothing":
      case undefined:
        return undefined;
    }
  };
  const checked = check(EXAMPLE, ruleBookOf(readSettings({}), {}, "/workspace"));

  it("is what the code makes of it, step by step", () => {
    const parsed = parse(EXAMPLE);
    if (!parsed.ok) throw new Error(parsed.error.code);
    const commands = print(parsed.value).split(" | ");
    expect({
      text: shows("text"),
      tokens: shows("tokens"),
      tree: shows("tree"),
      plan: shows("plan"),
      approved: shows("approved"),
      stages: shows("stages"),
    }).toEqual({
      text: EXAMPLE,
      tokens: commands.flatMap((command, at) => [...(at === 0 ? [] : ["|"]), ...command.split(" ")]),
      tree: commands,
      plan: checked.canonical.map((argv) => JSON.stringify(argv)),
      approved: checked.runs,
      stages: checked.canonical.map(([program]) => program),
    });
  });

  it("is let through", () => {
    expect(checked.verdict).toBe("allow");
  });
});

describe("the colours of the picture", () => {
  it("have the contrast that WCAG 2.2 asks of texts", () => {
    for (const palette of [light, dark])
      for (const tone of TONES) {
        const { fill, title, says } = palette[tone];
        expect([tone, contrast(fill, title) >= 4.5, contrast(fill, says) >= 4.5]).toEqual([tone, true, true]);
      }
  });

  it("have the contrast that it asks of shapes that mean something", () => {
    for (const palette of [light, dark]) {
      const { panel, piece: _, line, ...meant } = palette;
      for (const { stroke } of Object.values(meant)) expect(contrast(panel.fill, stroke)).toBeGreaterThanOrEqual(3);
      for (const { fill } of [panel, palette.step, palette.good])
        expect(contrast(fill, line)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("are measured as WCAG's own examples are", () => {
    expect(contrast("#000000", "#ffffff")).toBe(21);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });
});

describe.each(FLOW_FILES)("the %s picture of the flow", (form, name) => {
  const drawing = drawFlow(flow, form);
  const file = readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");

  it("is the one in the file: `npm run docs` draws it anew", () => {
    expect(file).toBe(flowFile(flow, form));
  });

  it("says in words what it shows, and follows the reader's colour scheme", () => {
    expect(file).toContain(`<title id="title">${flow.title}</title>`);
    expect(file).toMatch(/<desc id="description">[^<]{200,}<\/desc>/);
    expect(file).toContain("@media (prefers-color-scheme: dark)");
    // Such an image has no document around it, and loads nothing.
    expect(file).not.toMatch(/currentColor|<script|@import|href|url\(/);
  });

  it("is as wide as a page or a phone, with texts that can be read there", () => {
    expect(drawing.width).toBe(form === "wide" ? 800 : 400);
    expect(Math.min(...Object.values(SIZES))).toBeGreaterThanOrEqual(12);
  });

  it("cuts nothing off", () => {
    for (const shape of drawing.shapes) {
      const { left, top, right, bottom } = areaOf(shape);
      expect([shape, left >= 0 && top >= 0 && right <= drawing.width && bottom <= drawing.height]).toEqual([
        shape,
        true,
      ]);
    }
  });

  it("keeps each text inside the boxes that it touches", () => {
    for (const text of textsOf(drawing))
      for (const box of boxesOf(drawing))
        expect([text, box, isApart(text, box) || isWithin(text, box, 4)]).toEqual([text, box, true]);
  });

  it("lays boxes into one another or beside one another, and no text over another", () => {
    for (const [one, other] of pairsOf(boxesOf(drawing)))
      expect([one, other, isApart(one, other) || isWithin(one, other, 1) || isWithin(other, one, 1)]).toEqual([
        one,
        other,
        true,
      ]);
    for (const [one, other] of pairsOf(textsOf(drawing)))
      expect([one, other, isApart(one, other)]).toEqual([one, other, true]);
  });

  it("leads no arrow through a text", () => {
    const lines = drawing.shapes.flatMap((shape) => (shape.kind === "arrow" ? linesOf(shape.points) : []));
    for (const line of lines)
      for (const text of textsOf(drawing)) expect([line, text, isApart(line, text)]).toEqual([line, text, true]);
  });
});

type Area = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

const areaOf = (shape: Shape): Area => {
  switch (shape.kind) {
    case "box":
      return {
        left: shape.x,
        top: shape.y,
        right: shape.x + shape.width,
        bottom: shape.y + shape.height,
      };
    case "text": {
      const size = SIZES[shape.face];
      const right = shape.x + widthOf(shape.text, shape.face);
      return { left: shape.x, top: shape.y - 0.76 * size, right, bottom: shape.y + 0.24 * size };
    }
    case "arrow": {
      const [xs, ys] = [shape.points.map(([x]) => x), shape.points.map(([, y]) => y)];
      return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
    }
  }
};

const boxesOf = ({ shapes }: Drawing): readonly Area[] =>
  shapes.flatMap((shape) => (shape.kind === "box" ? [areaOf(shape)] : []));

const textsOf = ({ shapes }: Drawing): readonly Area[] =>
  shapes.flatMap((shape) => (shape.kind === "text" ? [areaOf(shape)] : []));

const linesOf = (points: readonly Point[]): readonly Area[] =>
  points.slice(1).map((point, at) => areaOf({ kind: "arrow", stroke: "solid", points: [points[at] ?? point, point] }));

const pairsOf = <T>(all: readonly T[]): readonly (readonly [T, T])[] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other] as const));

const isApart = (one: Area, other: Area): boolean =>
  one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;

const isWithin = (inner: Area, outer: Area, margin: number): boolean =>
  inner.left >= outer.left + margin &&
  inner.right <= outer.right - margin &&
  inner.top >= outer.top + margin &&
  inner.bottom <= outer.bottom - margin;
