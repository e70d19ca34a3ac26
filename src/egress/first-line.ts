import type { Readable } from "node:stream";

/**
 * The first line of a stream, which is then read to its end.
 *
 * @param ended is told when the stream is over; nothing else that comes on it is looked at
 */
export const firstLine = (stream: Readable, ended: () => void): Promise<string> =>
  new Promise((resolve) => {
    let text = "";
    const read = (chunk: Buffer): void => {
      text += chunk.toString("latin1");
      if (!text.includes("\n")) return;
      stream.off("data", read);
      stream.resume();
      resolve(Buffer.from(text.slice(0, text.indexOf("\n")), "latin1").toString("utf8"));
    };
    stream.on("data", read);
    for (const event of ["end", "close", "error"]) stream.once(event, ended);
  });
