import { err, ok, type Result } from "../language/result.js";

/** What the system calls give, or what they say is wrong, as errno(3) names it: `ENOENT`. Anything else is thrown on. */
export const trySystem = <T>(calls: () => T): Result<T, string> => {
  try {
    return ok(calls());
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return err(cause.code);
    throw cause;
  }
};
