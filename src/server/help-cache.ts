/** Help texts by service and command, of the CLI that is installed now. Every principal has them, so they are whole. */
export type HelpCache = {
  readonly get: (key: string) => string | undefined;
  readonly set: (key: string, text: string) => void;
};

/** What a cache may hold. */
export type HelpBounds = {
  readonly pages: number;
  /** Two for each UTF-16 unit of a page. */
  readonly bytes: number;
};

/** Pages have tens of kilobytes, a few of them hundreds. */
const MOST: HelpBounds = { pages: 256, bytes: 16 * 1024 * 1024 };

/**
 * A cache that forgets everything when the CLI changes, and what was not asked for the longest when it is full.
 *
 * @param stamp what tells one installed CLI from the next
 */
export const helpCache = (stamp: () => string, most: HelpBounds = MOST): HelpCache => {
  // A map keeps the order in which its keys were set: the first is the one that was not asked for the longest.
  const texts = new Map<string, string>();
  let bytes = 0;
  let of = "";
  const remove = (key: string): void => {
    bytes -= bytesOf(texts.get(key) ?? "");
    texts.delete(key);
  };
  const add = (key: string, text: string): void => {
    remove(key);
    texts.set(key, text);
    bytes += bytesOf(text);
  };
  const refresh = (): void => {
    const now = stamp();
    if (now !== of) for (const key of [...texts.keys()]) remove(key);
    of = now;
  };
  return {
    get: (key) => {
      refresh();
      const text = texts.get(key);
      if (text !== undefined) add(key, text);
      return text;
    },
    set: (key, text) => {
      refresh();
      remove(key);
      if (bytesOf(text) > most.bytes) return;
      add(key, text);
      for (const oldest of [...texts.keys()]) {
        if (texts.size <= most.pages && bytes <= most.bytes) return;
        remove(oldest);
      }
    },
  };
};

const bytesOf = (text: string): number => 2 * text.length;
