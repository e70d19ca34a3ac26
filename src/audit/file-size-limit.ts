import { readFileSync } from "node:fs";

/**
 * Bytes that a file of this process may grow to (RLIMIT_FSIZE, getrlimit(2)), as Linux lists it in `/proc/self/limits`
 * (proc(5)); no limit where there is none or no such list.
 */
export const fileSizeLimit = (): number => {
  const soft = /^Max file size\s+(\d+)/m.exec(limits())?.[1];
  return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
};

const limits = (): string => {
  try {
    return readFileSync("/proc/self/limits", "latin1");
  } catch {
    return ""; // a system that has no such list; writing beyond the limit is refused all the same
  }
};
