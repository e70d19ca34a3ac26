/** Puts masks in the place of secrets, and remembers what it has hidden while one command is written down. */
export type Masks = {
  /** The mask of a secret; what is empty or a mask already stays. */
  readonly hide: (secret: string) => string;
  /** What was hidden, so that it can be found where nothing says that it is one. */
  readonly hidden: ReadonlySet<string>;
};

/** Nothing hidden yet. */
export const createMasks = (): Masks => {
  const hidden = new Set<string>();
  return {
    hidden,
    hide: (secret) => {
      if (secret === "" || isMask(secret)) return secret;
      hidden.add(secret);
      return maskOf(secret);
    },
  };
};

/**
 * Three asterisks and, for a secret of 16, 128 or 1024 characters and more, that number: whether somebody has sent a
 * password or a whole file can be told, but not whether two calls had the same one, as with a digest of it.
 */
const maskOf = ({ length }: string): string => {
  const least = CLASSES.find((each) => length >= each);
  return least === undefined ? "***" : `***${least}+`;
};

const CLASSES = [1024, 128, 16];

const isMask = (text: string): boolean => /^\*{3}(?:\d+\+)?$/.test(text);
