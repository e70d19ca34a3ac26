import { type LineWriter, lineWriter } from "./line-writer.js";

let writer: LineWriter | undefined;

/**
 * Writes one line to stderr, after all lines before it. Everything of this process that writes lines there does it here, so
 * that none stands inside another one.
 */
export const writeStderr: LineWriter = (line) => {
  // Node makes a pipe or a socket non-blocking when its stream is made, which the getter does. Otherwise a reader who has
  // stopped would stop the server for good.
  writer ??= lineWriter(process.stderr.fd);
  return writer(line);
};
