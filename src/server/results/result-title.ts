import { visible } from "../../language/visible.js";
import { type Presentation, presentPart } from "./presentation.js";

/** Characters of a command that are looked at, and of those that are shown. */
const LOOKED_AT = 4000;
const SHOWN = 100;

/** The beginning of a command as a title: one line, its secrets hidden. */
export const resultTitle = async (command: string, presentation: Presentation): Promise<string> => {
  const text = command.slice(0, LOOKED_AT);
  const shown = await presentPart(text, { start: 0, end: text.length }, presentation);
  const characters = Array.from(shown, visible);
  return characters.length <= SHOWN ? characters.join("") : `${characters.slice(0, SHOWN - 1).join("")}…`;
};
