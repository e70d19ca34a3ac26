import { closeSync, constants, openSync, readSync } from "node:fs";

const FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A piece of a file as text; empty where there is none any longer. */
export const readPiece = (path: string, start: number, bytes: number): string => {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, FILE);
    const piece = Buffer.alloc(bytes);
    return piece.toString("utf8", 0, readSync(descriptor, piece, 0, bytes, start));
  } catch {
    return "";
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
};
