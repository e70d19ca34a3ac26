import { LONGEST_LINE } from "./audit-line.js";

/** A line of a file without its newline; of one that is longer than any of ours, its beginning and its end. */
export type FileLine = {
  readonly bytes: Buffer;
  /** Whether it has a newline; the last one may have none. */
  readonly isEnded: boolean;
};

/** The lines of a file that comes in chunks. Holds one chunk and one line at a time, however long either file or line is. */
export async function* fileLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      yield { bytes: joined(rest, chunk.subarray(from, at)), isEnded: true };
      rest = Buffer.alloc(0);
      from = at + 1;
    }
    rest = joined(rest, chunk.subarray(from));
  }
  if (rest.length > 0) yield { bytes: rest, isEnded: false };
}

const NEWLINE = 0x0a;

/** Bytes kept of the end of a line that is too long, more than the end of one of ours has. */
const TAIL = 256;

const joined = (rest: Buffer, more: Uint8Array): Buffer<ArrayBuffer> => {
  const all = Buffer.concat([rest, more]);
  return all.length <= LONGEST_LINE + TAIL
    ? all
    : Buffer.concat([all.subarray(0, LONGEST_LINE), all.subarray(all.length - TAIL)]);
};
