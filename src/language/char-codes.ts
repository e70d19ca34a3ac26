/** UTF-16 code units that mean something to the lexer, by the names POSIX gives them. */
export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const NUMBER_SIGN = 0x23;
export const DOLLAR = 0x24;
export const SINGLE_QUOTE = 0x27;
export const BACKSLASH = 0x5c;
export const BACKTICK = 0x60;
