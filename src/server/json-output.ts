/** UTF-16 units of output that is also given as data. */
const MOST = 16_384;

/** Output that is one JSON object or array, as data; nothing where it is something else or long. */
export const jsonOutput = (text: string): unknown => {
  if (text.length > MOST || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
