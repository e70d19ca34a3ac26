import { visibleText } from "../../../src/language/visible.js";
import type { Presentation } from "../../../src/server/results/presentation.js";

const SECRET = /SECRET\{[^}]*\}/g;

/** Hides what stands in `SECRET{…}`. */
export const plainPresentation: Presentation = {
  findSecrets: async (text) =>
    [...text.matchAll(SECRET)].map((found) => ({
      start: found.index,
      end: found.index + found[0].length,
      rule: "test",
    })),
  hidden: (rule) => `[hidden: ${rule}]`,
  visible: visibleText,
};
