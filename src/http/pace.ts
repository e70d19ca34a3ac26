/**
 * Lets work begin a few pieces at a time, in the order in which they came, and everything else that waits for the event loop
 * go before the next few: where hundreds of calls come at once, probes and clocks would stand still else until each of them
 * has had its first milliseconds.
 *
 * @param few how many begin between two turns of the event loop
 * @returns what settles when the next piece may begin
 */
export const createPace = (few: number): (() => Promise<void>) => {
  const waiting: (() => void)[] = [];
  const release = (): void => {
    for (const begin of waiting.splice(0, few)) begin();
    if (waiting.length > 0) setImmediate(release);
  };
  return () =>
    new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(release);
      waiting.push(resolve);
    });
};
