import { closeSync, readdirSync, readFileSync } from "node:fs";

const O_CLOEXEC = 0o2000000;

/**
 * Closes every descriptor above 2 that this process inherited, so that no child can inherit it again. Node marks its
 * own descriptors close-on-exec; one that is not marked came from whoever started the server. Linux only (/proc).
 */
export const closeInheritedDescriptors = (): void => {
  for (const name of descriptors()) {
    const descriptor = Number(name);
    if (descriptor > 2 && !closesOnExec(name)) closeQuietly(descriptor);
  }
};

const descriptors = (): readonly string[] => {
  try {
    return readdirSync("/proc/self/fd");
  } catch {
    return []; // no /proc: libuv has marked the low descriptors at start, which is all that can be done
  }
};

const closesOnExec = (name: string): boolean => {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, "utf8"))?.[1] ?? "0";
    return (Number.parseInt(flags, 8) & O_CLOEXEC) !== 0;
  } catch {
    return true; // it was the descriptor that listed the directory, closed since
  }
};

const closeQuietly = (descriptor: number): void => {
  try {
    closeSync(descriptor);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EBADF")) throw cause;
  }
};
