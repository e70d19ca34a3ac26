import { lstatSync, readdirSync, unlinkSync } from "node:fs";
import { inPrivateFolder } from "./private-folder.js";

/** The name of a kept result. */
const RESULT = /^[0-9a-f]{32}$/;

/**
 * Removes the results in a folder that were last written to before a moment (epoch milliseconds), and nothing else. Never
 * throws: where there is no such folder, or it is not the server's own, nothing is removed.
 */
export const removeStale = (folder: string, before: number): void => {
  attempt(() =>
    inPrivateFolder(folder, (at) => {
      for (const name of readdirSync(at(".")))
        if (RESULT.test(name)) attempt(() => lstatSync(at(name)).mtimeMs < before && unlinkSync(at(name)));
    }),
  );
};

const attempt = (work: () => unknown): void => {
  try {
    work();
  } catch {
    // A file that stays costs its room; the next server tries again.
  }
};
