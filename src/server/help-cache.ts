/** Help texts by service and command, of the CLI that is installed now. */
export type HelpCache = {
  readonly get: (key: string) => string | undefined;
  readonly set: (key: string, text: string) => void;
};

/**
 * A cache that forgets everything when the CLI changes.
 *
 * @param stamp what tells one installed CLI from the next
 */
export const helpCache = (stamp: () => string): HelpCache => {
  const texts = new Map<string, string>();
  let of = "";
  const fresh = (): Map<string, string> => {
    const now = stamp();
    if (now !== of) texts.clear();
    of = now;
    return texts;
  };
  return { get: (key) => fresh().get(key), set: (key, text) => void fresh().set(key, text) };
};
