import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type KeptResult, keptResult } from "../../../src/kept-result.js";

/** A workspace with kept results, as the engine would have made them. */
export type ResultFiles = {
  readonly workspace: string;
  /** Keeps a text under a name of its own. */
  readonly put: (content: string | Uint8Array, about?: Partial<KeptResult>) => KeptResult;
  readonly remove: () => void;
};

export const resultFiles = (): ResultFiles => {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  mkdirSync(join(workspace, "@result"), { mode: 0o700 });
  let count = 0;
  return {
    workspace,
    put: (content, about = {}) => {
      count += 1;
      const spool = join(workspace, "@result", count.toString(16).padStart(32, "0"));
      writeFileSync(spool, content);
      const output = { spool, bytes: 1, dropped: { bytes: 1, exact: true } };
      const kept = keptResult(output, { owner: "local", at: 1_000_000 + count, command: "aws s3 ls" });
      if (kept === undefined) throw new Error("the file that was just written is not there");
      return { ...kept, ...about };
    },
    remove: () => rmSync(workspace, { recursive: true }),
  };
};
