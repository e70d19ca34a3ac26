import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An AWS CLI that runs nothing and remembers what it was asked to run. */
export type RecordingAws = {
  readonly path: string;
  /** Every argument vector so far but those of `sts get-caller-identity`. */
  readonly calls: () => readonly (readonly string[])[];
  /** Milliseconds that it waits before it reads its parameter file. */
  readonly setDelay: (milliseconds: number) => void;
  readonly setIdentity: (account: string, arn: string) => void;
  readonly remove: () => void;
};

export const makeRecordingAws = (): RecordingAws => {
  const folder = mkdtempSync(join(tmpdir(), "recording-aws-"));
  const path = join(folder, "aws");
  const [log, told] = [join(folder, "calls"), join(folder, "told")];
  let words = {};
  const tell = (more: object): void => {
    words = { ...words, ...more };
    writeFileSync(told, JSON.stringify(words));
  };
  writeFileSync(log, "");
  tell({ delay: 0, account: "123456789012", arn: "arn:aws:iam::123456789012:user/me" });
  writeFileSync(path, `#!${process.execPath}\n${program(log, told)}`, { mode: 0o755 });
  return {
    path,
    calls: () =>
      readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as string[]),
    setDelay: (delay) => tell({ delay }),
    setIdentity: (account, arn) => tell({ account, arn }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

// The first word after `file://` or `fileb://` is the file that it prints after its delay.
const program = (log: string, told: string): string => `
const { appendFileSync, readFileSync, writeSync } = require("node:fs");
const argv = process.argv.slice(2);
const { delay, account, arn } = JSON.parse(readFileSync(${JSON.stringify(told)}, "utf8"));
if (argv[0] === "sts" && argv[1] === "get-caller-identity") {
  writeSync(1, account + "\\t" + arn + "\\n");
  process.exit(0);
}
appendFileSync(${JSON.stringify(log)}, JSON.stringify(argv) + "\\n");
const file = argv.map((word) => /fileb?:\\/\\/(.*)$/.exec(word)).find((found) => found !== null);
setTimeout(() => {
  writeSync(1, file === undefined ? "done\\n" : readFileSync(file[1]));
  process.exit(0);
}, delay);
`;
