import { type Box, drawCaption, drawStep } from "./draw-step.js";
import { arrow, type Drawing, onPanel, type Shape } from "./drawing.js";
import type { Flow, Outlet } from "./flow.js";
import { SIZES, widthOf } from "./text-width.js";

const WIDTH = 800;
const MARGIN = 20;
const GAP = 24;
const STEPS = { x: MARGIN, width: 500 };
const EDGE = STEPS.x + STEPS.width;
/** Where captions begin that stand beside their titles, from the left edge of their box. */
const COLUMN = 108;
const SIDE = { x: 560, width: 192 };
/** The way down: the middle of `allow`, the first word of a verdict. */
const SPINE = 59;
/** What has left the way goes down here. */
const RAIL = 769;

type Row = { readonly title: string; readonly top: number; readonly bottom: number; readonly box: Box };

/** The steps from the top to the bottom, what leaves them on their right, the audit log below everything. */
export const drawWide = ({ steps, outlets, audit }: Flow): Drawing => {
  const rows: Row[] = [];
  for (const step of steps) {
    const last = rows.at(-1);
    // A person stands between a verdict and what is approved, and needs the room.
    const top = last === undefined ? MARGIN : last.bottom + (last.box.words.size > 0 ? GAP + 8 : GAP);
    const box = drawStep(step, { x: STEPS.x, y: top, width: STEPS.width }, COLUMN);
    rows.push({ title: step.title, top, bottom: top + box.height, box });
  }
  const end = (rows.at(-1)?.bottom ?? 0) + GAP;
  const log = drawCaption(audit, "audit", { x: MARGIN, y: end, width: WIDTH - 2 * MARGIN }, COLUMN);
  const left = outlets.map((outlet) => drawOutlet(outlet, rows));
  return onPanel(WIDTH, end + log.height + MARGIN, [
    ...rows.flatMap(({ box }) => box.shapes),
    ...log.shapes,
    ...rows.map((row, at) => down(row, rows[at + 1]?.top ?? end, at === rows.length - 1)),
    ...left.flatMap(({ shapes }) => shapes),
    ...left.map(({ middle }) =>
      arrow(
        [
          [SIDE.x + SIDE.width, middle],
          [RAIL, middle],
        ],
        "line",
      ),
    ),
    arrow(
      [
        [RAIL, Math.min(...left.map(({ middle }) => middle))],
        [RAIL, end],
      ],
      "dashed",
    ),
  ]);
};

/** The way from a step to what is below it; it leaves a verdict at its word `allow`. An answer is only written down there. */
const down = ({ bottom, box }: Row, to: number, isLast: boolean): Shape => {
  const allow = box.words.get("allow");
  const from = allow === undefined ? bottom : allow.y + allow.height;
  return arrow(
    [
      [SPINE, from],
      [SPINE, to],
    ],
    isLast ? "dashed" : "solid",
  );
};

type Left = { readonly shapes: readonly Shape[]; readonly middle: number };

const drawOutlet = (outlet: Outlet, rows: readonly Row[]): Left => {
  const from = rows.filter(({ title }) => outlet.from.includes(title));
  return outlet.tone === "person" ? drawPerson(outlet, from, rows) : drawRefusal(outlet, from);
};

/** Beside the steps that it leaves, in their middle. */
const drawRefusal = (outlet: Outlet, from: readonly Row[]): Left => {
  const middle = from.reduce((sum, { top, bottom }) => sum + (top + bottom) / 2, 0) / from.length;
  const { height } = drawCaption(outlet, outlet.tone, { ...SIDE, y: 0 });
  const y = Math.round(middle - height / 2);
  const arrows = from.map(({ top, bottom, box }) => {
    const deny = box.words.get("deny");
    const at = deny === undefined ? (top + bottom) / 2 : deny.y + deny.height / 2;
    const level = Math.min(Math.max(at, y + 14), y + height - 14);
    return arrow([
      [deny === undefined ? EDGE : deny.x + deny.width, level],
      [SIDE.x, level],
    ]);
  });
  return { shapes: [...drawCaption(outlet, outlet.tone, { ...SIDE, y }).shapes, ...arrows], middle: y + height / 2 };
};

/** Beside the next step, which is where a yes leads; a question comes from the word `ask`. */
const drawPerson = (outlet: Outlet, from: readonly Row[], rows: readonly Row[]): Left => {
  const shapes: Shape[] = [];
  let middle = 0;
  for (const row of from) {
    const next = rows[rows.indexOf(row) + 1] ?? row;
    const ask = row.box.words.get("ask") ?? { x: SPINE, y: row.bottom, width: 0, height: 0 };
    const level = row.bottom + 14;
    const person = drawCaption(outlet, outlet.tone, { ...SIDE, y: row.bottom + 1 });
    const yes = next.bottom - 22;
    const center = ask.x + ask.width / 2;
    middle = row.bottom + 1 + person.height / 2;
    shapes.push(
      ...person.shapes,
      arrow([
        [center, ask.y + ask.height],
        [center, level],
        [SIDE.x, level],
      ]),
      arrow([
        [SIDE.x, yes],
        [EDGE, yes],
      ]),
      label("yes", (EDGE + SIDE.x) / 2 + 4, yes - 5),
    );
  }
  return { shapes, middle };
};

const label = (text: string, middle: number, y: number): Shape => ({
  ...{ kind: "text", face: "says", on: "panel", text },
  ...{ x: Math.round(middle - widthOf(text, "says") / 2), y: Math.round(Math.max(y, SIZES.says)) },
});
