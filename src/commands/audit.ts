import { createReadStream, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Break, Chain } from "../audit/chains.js";
import { fileLines } from "../audit/file-lines.js";
import { trySystem } from "../audit/system-error.js";
import { type AuditReport, verifyAudit } from "../audit/verify-audit.js";
import { err, ok, type Result } from "../language/result.js";

/**
 * Exit status for a log that is not what was written, for a file that cannot be read, and for a command line that makes no
 * sense: a script must not take that for a broken log.
 */
const EXIT_BROKEN = 1;
const EXIT_UNREADABLE = 2;
const EXIT_USAGE = 64;

/**
 * `audit verify FILE [--last HASH]`: whether an audit log, or a captured stderr with audit lines in it, is what was written.
 * Prints what there is, above all the last hash, which is good for `--last` later on, where it was kept elsewhere.
 *
 * Of a folder each `*.jsonl` in it, by name, which is by time; the exit status is 1 where one of them is broken, else 2
 * where one cannot be read.
 */
export const auditCommand = async (args: readonly string[]): Promise<number> => {
  const wanted = asked(args);
  if (!wanted.ok) return misused(wanted.error);
  const { file, last } = wanted.value;
  const found = trySystem(() => statSync(file));
  if (!found.ok || !found.value.isDirectory()) return verifyFile(file, last);
  return last === undefined ? verifyFolder(file) : misused(ONE_FILE);
};

const misused = (message: string): number => {
  process.stderr.write(`awspipe: ${message}\n`);
  return EXIT_USAGE;
};

const verifyFolder = async (folder: string): Promise<number> => {
  const found = trySystem(() => readdirSync(folder).filter((name) => name.endsWith(".jsonl")));
  const names = found.ok ? found.value : [];
  if (names.length === 0) {
    print([`unreadable: ${found.ok ? "there is no file `*.jsonl`" : found.error} in \`${folder}\``]);
    return EXIT_UNREADABLE;
  }
  const codes: number[] = [];
  for (const name of [...names].sort()) {
    print([`${codes.length === 0 ? "" : "\n"}file: ${name}`]);
    codes.push(await verifyFile(join(folder, name), undefined));
  }
  return [EXIT_BROKEN, EXIT_UNREADABLE].find((code) => codes.includes(code)) ?? 0;
};

const verifyFile = async (file: string, last: string | undefined): Promise<number> => {
  try {
    const verified = await verifyAudit(fileLines(createReadStream(file, { highWaterMark: CHUNK })), last);
    print(verified.ok ? intact(verified.value) : [broken(verified.error)]);
    return verified.ok ? 0 : EXIT_BROKEN;
  } catch (cause) {
    if (!(cause instanceof Error) || !("code" in cause)) throw cause;
    print([`unreadable: ${cause.message}`]);
    return EXIT_UNREADABLE;
  }
};

/** Bytes read at a time. */
const CHUNK = 1_048_576;

type Asked = { readonly file: string; readonly last: string | undefined };

const asked = (args: readonly string[]): Result<Asked, string> => {
  const found = parsed(args);
  if (!found.ok) return found;
  const { positionals, values } = found.value;
  const [what, file, ...rest] = positionals;
  if (what !== "verify" || file === undefined || rest.length > 0) return err(USAGE);
  if (values.last !== undefined && !/^[0-9a-f]{64}$/.test(values.last)) return err(NO_HASH_GIVEN);
  return ok({ file, last: values.last });
};

const parsed = (args: readonly string[]) => {
  try {
    return ok(parseArgs({ args: [...args], options: { last: { type: "string" } }, allowPositionals: true }));
  } catch {
    return err(USAGE);
  }
};

const NO_HASH_GIVEN =
  "`--last` takes the hash of a line, 64 hexadecimal digits, as `awspipe audit verify FILE` prints them";

const ONE_FILE = "`--last` is about one file: name the one that the hash was kept of";

const USAGE = "name the file, as in `awspipe audit verify audit.log` or `awspipe audit verify audit.log --last HASH`";

const broken = ({ kind, line, says }: Break): string =>
  `broken: ${line === undefined ? "" : `line ${line}: `}${kind}: ${says}`;

const intact = (report: AuditReport): readonly string[] => {
  const { lines, others, chains, servers, last, anchor } = report;
  return [
    "intact",
    `audit lines: ${lines}`,
    `other lines: ${others}`,
    `chains: ${chains.length}`,
    `servers: ${servers}`,
    ...(last === undefined
      ? []
      : [`first time: ${chains[0]?.first.time}`, `last time: ${last.time}`, `last hash: ${last.hash}`]),
    ...(anchor === undefined ? [] : [`the hash is that of line ${anchor.line}, audit lines after it: ${anchor.after}`]),
    ...(chains.length > 1 ? chainLines(chains) : []),
  ];
};

/** Chains that are listed. */
const MOST_CHAINS = 100;

const chainLines = (chains: readonly Chain[]): readonly string[] => [
  ...chains.slice(0, MOST_CHAINS).map(chainLine),
  ...(chains.length > MOST_CHAINS ? [`and ${chains.length - MOST_CHAINS} chains more`] : []),
];

const chainLine = ({ begins, first, last }: Chain): string =>
  `chain from line ${begins}: lines ${last.seq}, from ${first.time} to ${last.time}, last hash ${last.hash}`;

const print = (lines: readonly string[]): void => {
  for (const line of lines) process.stdout.write(`${line}\n`);
};
