/** `str.rstrip()` of Python, whose blanks are others than those of `trimEnd`: with U+001C to U+001F and U+0085, without U+FEFF. */
export const stripEnd = (text: string): string => {
  let end = text.length;
  while (end > 0 && isBlank(text, end - 1)) end -= 1;
  return text.slice(0, end);
};

/** `str.lstrip()` of Python. */
export const stripStart = (text: string): string => {
  let start = 0;
  while (start < text.length && isBlank(text, start)) start += 1;
  return text.slice(start);
};

const isBlank = (text: string, offset: number): boolean => BLANK.test(text.charAt(offset));

const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
