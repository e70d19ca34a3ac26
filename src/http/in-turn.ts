import type { RequestListener } from "node:http";
import type { Socket } from "node:net";

/**
 * Answers the requests of one connection one after the other. RFC 9112, 9.3.2: only those with safe methods may be worked on
 * at the same time; and Node tells nobody that a client has gone but the response whose turn it is.
 */
export const inTurn = (listener: RequestListener): RequestListener => {
  const waiting = new WeakMap<Socket, (() => void)[]>();
  return (request, response) => {
    const { socket } = request;
    const serve = (): void => {
      response.once("close", () => next(socket));
      listener(request, response);
    };
    const before = waiting.get(socket);
    if (before === undefined) {
      waiting.set(socket, []);
      serve();
    } else if (before.length < MOST) before.push(serve);
    // A client has to be ready for that (RFC 9112, 9.3.2).
    else socket.destroy();
  };

  function next(socket: Socket): void {
    const serve = waiting.get(socket)?.shift();
    // RFC 9112, 9.6: nothing is done for requests behind the one that closes the connection.
    if (serve === undefined || !socket.writable) waiting.delete(socket);
    else serve();
  }
};

/** Requests of one connection that wait for an answer before theirs. */
const MOST = 16;
