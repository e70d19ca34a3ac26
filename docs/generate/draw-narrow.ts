import { drawCaption, drawStep } from "./draw-step.js";
import { arrow, type Drawing, onPanel, type Shape } from "./drawing.js";
import type { Flow } from "./flow.js";

const WIDTH = 400;
const MARGIN = 16;
const GAP = 20;
/** The way down, left of what leaves it. */
const SPINE = 36;
const STEPS = { x: MARGIN, width: WIDTH - 2 * MARGIN };
const SIDE = { x: 72, width: WIDTH - MARGIN - 72 };

/** One column: each step, then what leaves the way after it. */
export const drawNarrow = ({ steps, outlets, audit }: Flow): Drawing => {
  const shapes: Shape[] = [];
  let y = MARGIN;
  for (const step of steps) {
    const box = drawStep(step, { ...STEPS, y }, 0);
    shapes.push(...box.shapes);
    const bottom = y + box.height;
    y = bottom + GAP;
    for (const outlet of outlets.filter(({ from }) => from.at(-1) === step.title)) {
      const side = drawCaption(outlet, outlet.tone, { ...SIDE, y });
      const middle = y + side.height / 2;
      shapes.push(
        ...side.shapes,
        arrow([
          [SPINE, middle],
          [SIDE.x, middle],
        ]),
      );
      y += side.height + GAP;
    }
    shapes.push(
      arrow(
        [
          [SPINE, bottom],
          [SPINE, y],
        ],
        step === steps.at(-1) ? "dashed" : "solid",
      ),
    );
  }
  const log = drawCaption(audit, "audit", { ...STEPS, y });
  return onPanel(WIDTH, y + log.height + MARGIN, [...shapes, ...log.shapes]);
};
