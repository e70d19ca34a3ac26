import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import type { Break, Chain } from "../audit/chains.js";
import { fileLines } from "../audit/file-lines.js";
import { type AuditReport, verifyAudit } from "../audit/verify-audit.js";

/** Exit status for a log that is not what was written, and for a file that cannot be read. */
const EXIT_BROKEN = 1;
const EXIT_UNREADABLE = 2;

/**
 * `audit verify FILE [--last HASH]`: whether an audit log, or a captured stderr with audit lines in it, is what was written.
 * Prints what there is, above all the last hash, which is good for `--last` later on, where it was kept elsewhere.
 */
export const auditCommand = async (args: readonly string[]): Promise<number> => {
  const { file, last } = asked(args);
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

const asked = (args: readonly string[]): { readonly file: string; readonly last: string | undefined } => {
  const { positionals, values } = parsed(args);
  const [what, file, ...rest] = positionals;
  if (what !== "verify" || file === undefined || rest.length > 0) throw new Error(USAGE);
  if (values.last !== undefined && !/^[0-9a-f]{64}$/.test(values.last))
    throw new Error(
      "`--last` takes the hash of a line, 64 hexadecimal digits, as `awspipe audit verify FILE` prints them",
    );
  return { file, last: values.last };
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: { last: { type: "string" } }, allowPositionals: true });
  } catch (cause) {
    throw new Error(USAGE, { cause });
  }
};

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
    `first time: ${chains[0]?.first.time}`,
    `last time: ${last.time}`,
    `last hash: ${last.hash}`,
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
