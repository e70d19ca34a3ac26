import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditLog } from "../../../src/audit/audit-log.js";
import { openAuditLog } from "../../../src/audit/open-audit-log.js";
import { createEngine, type Engine } from "../../../src/engine.js";
import type { LogEntry } from "../../../src/log.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import { auditedEngine } from "../../../src/server/audit/audited-engine.js";
import type { Principal } from "../../../src/server/principal-of.js";
import { type Bench, type BenchSettings, benchMachine } from "../../executor/bench-machine.js";
import { makeRecordingAws, type RecordingAws } from "../approval-aws.js";

export type Line = Readonly<Record<string, unknown>>;

/** A machine with an engine whose calls are written down in a real file. */
export type AuditBench = {
  readonly bench: Bench;
  readonly aws: RecordingAws;
  readonly log: AuditLog;
  /** The file. */
  readonly path: string;
  /** An engine by other rules, or for somebody else, that writes to the same file. */
  readonly engineOf: (changes?: Partial<RuleBook>, principal?: Principal) => Engine;
  /** What stands around an engine that a test has made. */
  readonly audited: (engine: Engine, principal?: Principal) => Engine;
  /** What the operator's log has heard since the last look. */
  readonly told: () => readonly LogEntry[];
  /** Lines since the last look, without what the log puts around a record. */
  readonly newLines: () => readonly Line[];
  /** Removes the file under the log. */
  readonly lose: () => void;
  readonly remove: () => void;
};

const BOB: Principal = { name: "token:bob", access: "write" };

export const auditBench = (settings: Partial<BenchSettings> = {}): AuditBench => {
  const aws = makeRecordingAws();
  const operator = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_REGION: "us-east-1" };
  const bench = benchMachine({ cli: aws.path, operator, ...settings });
  const folder = mkdtempSync(join(tmpdir(), "awspipe-audited-"));
  const path = join(folder, "audit.log");
  const log = openAuditLog({ path, now: Date.now, underWay: 2 });
  const heard: LogEntry[] = [];
  const tell = (entry: LogEntry): void => {
    heard.push(entry);
  };
  const audited: AuditBench["audited"] = (engine, principal = BOB) =>
    auditedEngine(engine, { audit: log, principal, book: bench.book, now: bench.settings.now, tell });
  let seen = 0;
  return {
    bench,
    aws,
    log,
    path,
    audited,
    told: () => heard.splice(0),
    engineOf: (changes = {}, principal = BOB) => {
      const book = { ...bench.book, ...changes };
      return audited(createEngine({ ...bench.settings, book, machine: bench.machine, seals: bench.seals }), principal);
    },
    newLines: () => {
      const all = existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
      const lines = all.slice(seen);
      seen = all.length;
      return lines.map((line) => recordOf(JSON.parse(line)));
    },
    lose: () => rmSync(path),
    remove: () => {
      log.close();
      aws.remove();
      bench.remove();
      bench.machine.directories.remove();
      rmSync(folder, { recursive: true });
    },
  };
};

const recordOf = ({ audit: _, time: __, seq: ___, server: ____, prev: _____, hash: ______, ...record }: Line): Line =>
  record;
