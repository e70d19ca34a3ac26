import type { Duplex } from "node:stream";

/**
 * Passes bytes both ways until both sides have ended, each end by itself: a client that has said everything still gets
 * its answer. No faster than the slower side reads. A side that breaks takes the other one with it.
 */
export const joinSockets = (one: Duplex, other: Duplex): void => {
  passOn(one, other);
  passOn(other, one);
};

const passOn = (from: Duplex, to: Duplex): void => {
  from.on("error", () => undefined);
  from.once("close", () => {
    if (!from.readableEnded || !from.writableFinished) to.destroy();
  });
  from.pipe(to);
};
