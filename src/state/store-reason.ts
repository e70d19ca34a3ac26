import { ConnectionTimeoutError, ErrorReply, SocketClosedUnexpectedlyError } from "@redis/client";

/**
 * Why a store could not be asked, for the operator. Never the words of the store or of its client: a store that does not
 * know a command repeats its arguments, the password among them.
 */
export const storeReason = (cause: unknown): string => {
  if (cause instanceof ErrorReply) return replyReason(/^[A-Z]+(?= |$)/.exec(cause.message)?.[0] ?? "ERR");
  if (cause instanceof ConnectionTimeoutError) return NO_ANSWER;
  if (cause instanceof SocketClosedUnexpectedlyError) return "it has closed the connection";
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  return "what answers there is no Redis or Valkey";
};

/** Why a store that says nothing cannot be asked. */
export const NO_ANSWER = "it does not answer";

const replyReason = (word: string): string => {
  const meaning = REPLIES.get(word);
  return meaning === undefined ? `it answers ${word}` : `it answers ${word}: ${meaning}`;
};

/** Error prefixes of Redis (redis.io, RESP: simple errors), and what they mean for us. */
const REPLIES: ReadonlyMap<string, string> = new Map([
  ["NOAUTH", "it wants a password"],
  ["WRONGPASS", "user or password is wrong"],
  ["NOPERM", "the user may not `SET` keys that begin with `awspipe:spent:`"],
  ["READONLY", "it is a replica"],
  ["OOM", "its memory is full"],
  ["LOADING", "it still reads its data"],
  ["MISCONF", "it cannot write to its disk"],
  ["MOVED", "it is part of a cluster, which is not supported"],
  ["CLUSTERDOWN", "it is part of a cluster, which is not supported"],
]);
