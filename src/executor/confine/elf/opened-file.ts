import { realPath } from "../../find-program.js";
import type { OpenedFile } from "./loaded.js";

/** A path with where it leads, or undefined where nothing is. */
export const openedFile = (path: string): OpenedFile | undefined => {
  const real = realPath(path);
  return real === undefined ? undefined : { path, real };
};
