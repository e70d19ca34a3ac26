import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { errorCode } from "../../file-problem.js";

/** A file that is read piece by piece. */
export type FilePieces = {
  readonly size: number;
  /** Undefined where the file does not have all of these bytes. */
  readonly piece: (offset: number, length: number) => DataView | undefined;
};

/** What `use` makes of a plain file, or undefined where there is none that can be read. */
export const withPieces = <T>(path: string, use: (file: FilePieces) => T): T | undefined => {
  const descriptor = quietly(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY));
  if (descriptor === undefined) return undefined;
  try {
    const found = fstatSync(descriptor);
    return found.isFile() ? use(piecesOf(descriptor, found.size)) : undefined;
  } finally {
    closeSync(descriptor);
  }
};

const quietly = (action: () => number): number | undefined => {
  try {
    return action();
  } catch (cause) {
    errorCode(cause); // any other than the file system's goes on
    return undefined;
  }
};

const piecesOf = (descriptor: number, size: number): FilePieces => ({
  size,
  piece: (offset, length) => {
    if (!(offset >= 0 && offset + length <= size)) return undefined;
    const bytes = new Uint8Array(length);
    for (let got = 0; got < length; ) {
      const more = quietly(() => readSync(descriptor, bytes, got, length - got, offset + got));
      if (!more) return undefined; // it has become shorter, or its disk fails
      got += more;
    }
    return new DataView(bytes.buffer);
  },
});
