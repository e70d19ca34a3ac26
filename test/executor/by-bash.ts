import { spawnSync } from "node:child_process";
import type { Exit } from "../../src/executor/spawn-stage.js";
import type { WiredEnd, Workbench } from "./wired-run.js";

/** What came of a pipeline, in a form that bash can give, too. */
export type PipelineEnd = {
  /** Lines of the output. */
  readonly output: readonly string[];
  /** Lines of all error streams, sorted: in bash they meet in one, in the order of the moment. */
  readonly errors: readonly string[];
  /** As in PIPESTATUS. */
  readonly statuses: string;
};

/** Runs harmless text by bash, with the programs of test/programs on its PATH. */
export const byBash = ({ programs }: Pick<Workbench, "programs">, text: string): PipelineEnd => {
  const { stdout, stderr } = spawnSync("/bin/bash", ["-c", `${text}; echo "\${PIPESTATUS[*]}"`], {
    env: { PATH: `${programs}:/usr/bin:/bin`, LC_ALL: "C.UTF-8" },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  const lines = stdout.split("\n");
  return { output: lines.slice(0, -2), errors: sortedLines(stderr), statuses: lines.at(-2) ?? "" };
};

/** What we made of the same, in that form. */
export const asByBash = ({ output, errors, exits }: WiredEnd): PipelineEnd => ({
  output: output.split("\n").slice(0, -1),
  errors: sortedLines(errors.join("")),
  statuses: exits.map(statusOf).join(" "),
});

export const sortedLines = (text: string): readonly string[] => text.split("\n").filter(Boolean).sort();

const statusOf = (exit: Exit): string => {
  switch (exit.kind) {
    case "exited":
      return String(exit.code);
    case "signalled":
      return exit.signal === "SIGPIPE" ? "141" : exit.signal;
    case "not-started":
      return exit.reason;
  }
};
