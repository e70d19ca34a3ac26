/**
 * Lets work begin a few pieces at a time, and everything else that waits for the event loop go before the next few: where
 * hundreds of calls come at once, probes and clocks would stand still else until each of them has had its first
 * milliseconds. Of each principal the pieces begin in the order in which they came, and principals take turns, so that
 * whoever sends most does not make the others wait.
 *
 * @param few how many begin between two turns of the event loop
 * @returns what settles when the next piece of a principal may begin
 */
export const createPace = (few: number): ((principal: string) => Promise<void>) => {
  // The principal whose turn is next stands first.
  const waiting = new Map<string, (() => void)[]>();
  const releaseOne = (): void => {
    for (const [principal, own] of waiting) {
      const begin = own.shift();
      waiting.delete(principal);
      if (own.length > 0) waiting.set(principal, own);
      begin?.();
      return;
    }
  };
  const release = (): void => {
    for (let begun = 0; begun < few; begun++) releaseOne();
    if (waiting.size > 0) setImmediate(release);
  };
  return (principal) =>
    new Promise((resolve) => {
      if (waiting.size === 0) setImmediate(release);
      const own = waiting.get(principal);
      if (own === undefined) waiting.set(principal, [resolve]);
      else own.push(resolve);
    });
};
