/** UTF-16 units of output that is also given as data. */
const MOST = 16_384;

/** Containers inside containers; what reads data goes down step by step. */
const DEEPEST = 64;

/**
 * Output that is one JSON object or array, as data; nothing where it is something else, long or deep, or where the data would
 * not say what the text says: names that stand twice, numbers that a double does not hold, and escapes, behind which
 * characters could hide that are visible in the text alone.
 */
export const jsonOutput = (text: string): unknown => {
  if (text.length > MOST || !/^\s*[[{]/.test(text)) return undefined;
  const names = plainNames(text);
  if (names === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return countNames(value) === names ? value : undefined;
  } catch {
    return undefined;
  }
};

const TOKEN = /\s+|[{}[\],:]|"(?:[^"\\]|\\["\\/nt])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** How many names its objects have, as written; undefined where a token is none that may stand there. */
const plainNames = (text: string): number | undefined => {
  let depth = 0;
  let names = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return undefined;
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
    if (token === ":") names += 1;
    if (depth > DEEPEST || !isExact(token)) return undefined;
  }
  return names;
};

// Fifteen digits are what every double holds (IEEE 754, DBL_DIG).
const isExact = (token: string): boolean => !/^-?\d/.test(token) || token.replace(/[eE].*|\D/g, "").length <= 15;

const countNames = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, each) => sum + countNames(each), own);
};
