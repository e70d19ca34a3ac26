import { ok, type Result } from "../../language/result.js";

/** Where the names of spent seals are written down: in this process, or where several look. */
export type SpentSeals = {
  /**
   * Writes a name down: `true` where nobody has done so before, whoever asks and however many at once. Where that cannot be
   * known for sure it is an error that says why, and the name may or may not be written down then.
   *
   * @param milliseconds how long it stays written down at least
   */
  readonly spend: (name: string, milliseconds: number) => Promise<Result<boolean, string>>;
};

/**
 * Spent seals of one process, which are gone with it.
 *
 * @param now epoch milliseconds
 */
export const spentInMemory = (now: () => number): SpentSeals => {
  const spent = new Map<string, number>();
  return {
    // All of it happens before the promise is given out, so that of many at once one is the first.
    spend: async (name, milliseconds) => {
      const at = now();
      // The oldest come first: what is behind one that stays goes when that does.
      for (const [old, until] of spent) {
        if (until >= at) break;
        spent.delete(old);
      }
      if ((spent.get(name) ?? Number.NEGATIVE_INFINITY) >= at) return ok(false);
      spent.delete(name);
      spent.set(name, at + milliseconds);
      return ok(true);
    },
  };
};
