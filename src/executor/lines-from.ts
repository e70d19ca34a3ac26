import { Socket } from "node:net";

/**
 * Reads lines from a descriptor, each handed on as it comes; an end, or what cannot be read, ends it without a word.
 *
 * @param descriptor the read end of a pipe; it belongs to this function
 */
export const linesFrom = (descriptor: number, hear: (line: string) => void): void => {
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  let text = "";
  socket.setEncoding("utf8");
  socket.on("error", () => undefined);
  socket.on("data", (chunk: string) => {
    const lines = `${text}${chunk}`.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) hear(line);
  });
};
