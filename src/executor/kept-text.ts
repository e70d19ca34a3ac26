/** The beginning of a stream as text. */
export type KeptText = {
  /** Takes the next bytes; false when there is more than fits. */
  readonly add: (chunk: Buffer) => boolean;
  /** The text, and how many bytes of the stream it stands for. */
  readonly finish: () => { readonly text: string; readonly bytes: number };
};

/**
 * Decodes the beginning of a stream of UTF-8. A character is never cut in two, and the number of bytes is that of the
 * stream, not of the text: bytes that are no UTF-8 become U+FFFD, which is longer than they were.
 *
 * @param characters the most UTF-16 units to keep
 */
export const keptText = (characters: number): KeptText => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  let bytes = 0;
  let over = false;
  return {
    add: (chunk) => {
      let at = 0;
      // Bytes give at most one unit each, and one more for what an earlier chunk had begun. So the last steps are of
      // one byte, and what they give too much is known byte by byte.
      while (at < chunk.length && text.length < characters) {
        const part = chunk.subarray(at, at + Math.max(1, characters - text.length - 1));
        text += decoder.decode(part, { stream: true });
        at += part.length;
      }
      bytes += at;
      over ||= at < chunk.length || text.length > characters;
      return !over;
    },
    finish: () => {
      const begun = decoder.decode();
      if (!over && text.length + begun.length <= characters) return { text: text + begun, bytes };
      if (text.length <= characters) return { text, bytes: bytes - begun.length };
      const isPair = /[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(-2));
      return isPair ? { text: text.slice(0, -2), bytes: bytes - 4 } : { text: text.slice(0, -1), bytes: bytes - 1 };
    },
  };
};
