/**
 * A clock that never goes back: where the other one does, no time has passed.
 *
 * @param now milliseconds since whenever; one that is never set forward lets nobody through early, as `performance.now`
 */
export const steadyClock = (now: () => number): (() => number) => {
  let last = now();
  let passed = 0;
  return () => {
    const at = now();
    passed += Math.max(0, at - last);
    last = at;
    return passed;
  };
};
