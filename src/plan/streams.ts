import type { Redirection } from "../language/syntax.js";

/** Where a stage writes: to the next stage or the answer, to its error stream, nowhere. */
export type Sink = "output" | "errors" | "null";

/** Where a stage's standard streams lead. */
export type Streams = {
  /** `pipe`: the stage before it, which the first one does not have. */
  readonly stdin: "pipe" | "null";
  readonly stdout: Sink;
  readonly stderr: Sink;
};

export const DEFAULT_STREAMS: Streams = { stdin: "pipe", stdout: "output", stderr: "errors" };

/** What a command's redirections make of its streams, each in its turn (POSIX, 2.7 "Redirection"). */
export const streamsOf = (redirections: readonly Redirection[]): Streams =>
  redirections.reduce(redirected, DEFAULT_STREAMS);

const redirected = (streams: Streams, redirection: Redirection): Streams => {
  switch (redirection.kind) {
    case "empty-input":
      return { ...streams, stdin: "null" };
    case "discard":
      return withSink(streams, redirection.descriptor, "null");
    case "duplicate":
      return withSink(streams, redirection.descriptor, redirection.to === 1 ? streams.stdout : streams.stderr);
  }
};

const withSink = (streams: Streams, descriptor: 1 | 2, sink: Sink): Streams =>
  descriptor === 1 ? { ...streams, stdout: sink } : { ...streams, stderr: sink };
