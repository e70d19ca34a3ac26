import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { LINGER } from "./unread-body.js";

/**
 * Tells a client that what it sends is no HTTP, too long or too slow, and ends the connection.
 *
 * @param error what Node's parser or clock says
 * @param answering the response that is due on this connection, if one is
 */
export const answerBroken = (error: Error, socket: Duplex, answering: ServerResponse | undefined): void => {
  const code = "code" in error ? error.code : undefined;
  // It has said that its request was the last one: that is answered, and what follows is not looked at (RFC 9112, 9.6).
  if (code === "HPE_CLOSED_CONNECTION") return;
  const isOver = answering === undefined || answering.writableFinished;
  // What follows a request is broken: the answer to that request cannot say it, nor come after it.
  const isAnotherRequest = !isOver && (answering.headersSent || answering.req.complete);
  if (!socket.writable || isAnotherRequest) socket.destroy();
  else endWith(socket, statusOf(code));
};

/** Refuses to be a proxy: CONNECT is done for no target (RFC 9110, 9.3.6 and 15.6.2). */
export const refuseTunnel = (socket: Duplex): void => endWith(socket, 501);

/** RFC 9112, 9.6: in stages, or what is still on its way from the client would destroy the answer on its way there. */
const endWith = (socket: Duplex, status: number): void => {
  // RFC 9110, 6.6.1: with a date.
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, `Date: ${new Date().toUTCString()}`];
  socket.end([...head, "Content-Length: 0", "Connection: close", "", ""].join("\r\n"));
  socket.on("error", () => undefined);
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER).unref();
};

const statusOf = (code: unknown): number => {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return 413;
  if (code === "HPE_INVALID_VERSION") return 505;
  return 400;
};
