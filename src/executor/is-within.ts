import { sep } from "node:path";

/** Whether `path` is `directory` or lies in it, by their text; both absolute, and real where it matters. */
export const isWithin = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
