import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Lets a client end its side of the connection with its request and wait for the answer, as TCP has it (RFC 9293, 3.6), and
 * finds out whether it does: one that has died looks the same until something is sent to it. So now and then something is
 * that means nothing, an interim response (RFC 9110, 15.2) or a comment in a stream of events; to who is gone the second one
 * fails, and closes the response. HTTP/1.0 knows nothing of the kind: there an answer is waited for whoever waits for it.
 */
export const probeHalfClosed = (request: IncomingMessage, response: ServerResponse): void => {
  const { socket } = request;
  let timer: NodeJS.Timeout | undefined;
  const probe = (pause: number): void => {
    if (!response.headersSent) {
      if (request.httpVersion !== "1.0") response.writeContinue();
    } else if (isStream(response)) response.write(":\n\n");
    timer = setTimeout(probe, pause, pause * 2);
  };
  const start = (): void => probe(FIRST_PAUSE);
  if (socket.readableEnded) start();
  else socket.once("end", start);
  response.once("close", () => {
    clearTimeout(timer);
    socket.off("end", start);
  });
};

const isStream = (response: ServerResponse): boolean =>
  String(response.getHeader("content-type")).startsWith("text/event-stream");

/** Milliseconds; each pause is twice the one before, since some clients count interim responses. */
const FIRST_PAUSE = 50;
