import { constants } from "node:os";
import { quoteArgv } from "../../language/quote.js";
import type { Argument } from "../../plan/plan.js";
import { DEFAULT_STREAMS } from "../../plan/streams.js";
import { fillCommand } from "../../utilities/xargs/fill-command.js";
import type { XargsProblem } from "../../utilities/xargs/xargs-problem.js";
import { afterRun, type XargsStatus } from "../../utilities/xargs/xargs-status.js";
import type { ItemEnd } from "../run-item.js";
import type { Exit } from "../spawn-stage.js";
import type { ErrorStream } from "./error-stream.js";
import type { Batches } from "./input-batches.js";
import type { Stopped, XargsStreams, XargsTold, XargsWork } from "./xargs-work.js";

type Words = readonly [Argument, ...Argument[]];

/**
 * The runs of one xargs stage: begun in the order of their items, so many at once as may. What stops it lets those that
 * run come to their end and begins no others.
 */
export class ItemRuns {
  private readonly work: XargsWork;
  private readonly streams: XargsStreams;
  private readonly errors: ErrorStream;
  private readonly running = new Set<AbortController>();
  private next = 0;
  private runs = 0;
  private status: XargsStatus = 0;
  private held: readonly string[] | undefined;
  private stopped: Stopped | undefined;
  private isOver = false;
  private isAborted = false;
  private isUnheard = false;
  private isUnread = false;

  constructor(work: XargsWork, streams: XargsStreams, errors: ErrorStream) {
    this.work = work;
    this.streams = streams;
    this.errors = errors;
  }

  /** Runs the command for each batch of items. Settles when the last run has; throws what a run has thrown. */
  async all(batches: Batches): Promise<void> {
    const { call, turns } = this.work;
    const most = Math.min(call.parallel === 0 ? turns.concurrency : call.parallel, turns.concurrency, batches.length);
    const worker = async (): Promise<void> => {
      while (!this.isOver && this.next < batches.length) await turns(() => this.runNext(batches));
    };
    const ended = await Promise.allSettled(Array.from({ length: most }, worker));
    for (const each of ended) if (each.status === "rejected") throw each.reason;
  }

  /** Begins no more, for a reason, and says it. */
  async stop(reason: XargsProblem, item: string | undefined, kind: Stopped["kind"] = "refused"): Promise<void> {
    this.isOver = true;
    // What an abort makes of a run is no reason of its own.
    if (this.stopped !== undefined || this.isAborted) return;
    this.stopped = { ...reason, item, kind };
    await this.errors.tell(`xargs: ${reason.message}\n`);
  }

  /** Ends what runs, and begins no more. */
  abort(): void {
    this.isOver = true;
    this.isAborted = true;
    for (const each of this.running) each.abort();
  }

  /** How it would have ended as a process (xargs(1), "EXIT STATUS"). */
  exit(): Exit {
    if (this.isUnheard) return { kind: "signalled", signal: "SIGPIPE" };
    return { kind: "exited", code: this.stopped === undefined ? this.status : STOPPED };
  }

  told(): XargsTold {
    return { runs: this.runs, stopped: this.stopped, held: this.held, ...(this.isUnread ? { isUnread: true } : {}) };
  }

  // Others may have stopped it while this one waited for its turn.
  private async runNext(batches: Batches): Promise<void> {
    const items = batches[this.next];
    if (this.isOver || items === undefined) return;
    this.next += 1;
    try {
      await this.run(items, batches.length);
    } catch (cause) {
      this.isOver = true;
      throw cause;
    }
  }

  private async run(items: readonly string[], all: number): Promise<void> {
    const { call, command, progress } = this.work;
    const words = fillCommand(call, command.arguments, items);
    const line = quoteArgv(words.map(({ text }) => text));
    if (items.length === 0 && words[0].text === "aws") return this.stop(nothingForAws, shortened(line));
    if (call.traces) await this.trace(line);
    if (this.isOver) return;
    const end = await this.runItem(words);
    switch (end.kind) {
      case "ended":
        await this.ended(end, words[0].text);
        return progress(this.runs, all);
      case "refused":
      case "failure":
        return this.stop({ code: end.code, message: end.message, hint: end.hint }, shortened(line), end.kind);
    }
  }

  // A process would be ended by SIGPIPE.
  private async trace(line: string): Promise<void> {
    if ((await this.errors.tell(`${line}\n`)) === "told" || this.isOver) return;
    this.isUnheard = true;
    this.isOver = true;
  }

  private async runItem(words: Words): Promise<ItemEnd> {
    const { command, runItem } = this.work;
    const { stdout, stderr } = this.streams;
    // One for each run: who listens goes with it.
    const stop = new AbortController();
    this.running.add(stop);
    try {
      const stage = { arguments: words, span: command.span, streams: DEFAULT_STREAMS };
      return await runItem(stage, { stdout, stderr, signal: stop.signal });
    } finally {
      this.running.delete(stop);
    }
  }

  private async ended({ exit, enforced = [] }: Extract<ItemEnd, { kind: "ended" }>, name: string): Promise<void> {
    this.runs += 1;
    this.held = this.held?.filter((each) => enforced.includes(each)) ?? enforced;
    const { status, stops } = afterRun(this.status, exit);
    this.status = status;
    this.isUnread ||= isUnreadEnd(exit, name);
    if (!(stops || this.isUnread) || this.isOver) return;
    this.isOver = true;
    if (stops) await this.errors.tell(`xargs: ${lastWords(exit, name)}\n`);
  }
}

// As GNU has them (findutils 4.9, xargs.c, `wait_for_proc`).
const lastWords = (exit: Exit, name: string): string => {
  switch (exit.kind) {
    case "exited":
      return `${name}: exited with status ${exit.code}; aborting`;
    case "signalled":
      return `${name}: terminated by signal ${constants.signals[exit.signal]}`;
    case "not-started":
      return `${name}: ${exit.reason}`;
  }
};

// Python ends with 120 where it cannot write out what it has; the AWS CLI is written in it.
const isUnreadEnd = (exit: Exit, name: string): boolean =>
  exit.kind === "signalled" ? exit.signal === "SIGPIPE" : name === "aws" && exit.kind === "exited" && exit.code === 120;

/** "If some other error occurred." */
const STOPPED = 1;

const ITEM_LENGTH = 300;

// Items stand at the end, mostly. Not in the middle of a character.
const shortened = (line: string): string => {
  if (line.length <= ITEM_LENGTH) return line;
  const head = line.slice(0, ITEM_LENGTH / 3).replace(/[\ud800-\udbff]$/, "");
  return `${head}…${line.slice(1 - (ITEM_LENGTH / 3) * 2).replace(/^[\udc00-\udfff]/, "")}`;
};

const nothingForAws: XargsProblem = {
  code: "expansion-empty",
  message: "`xargs` was given no items, and a command without its data may mean everything",
  hint: "`xargs -r` runs nothing where there are no items",
};
