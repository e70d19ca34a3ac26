/** What becomes of some system calls. */
export type Rule = {
  /** Names of calls; a machine that has no call of that name needs no rule for it. */
  readonly calls: readonly string[];
  /** What a refused call returns. */
  readonly error: "EPERM" | "EACCES" | "ENOSYS";
  /** The call is let through when all checks of one of these hold. Without any, it never is. */
  readonly unless?: readonly Checks[];
};

export type Checks = readonly [Check, ...Check[]];

/**
 * A question about the low 32 bits of one argument. The kernel reads no more of any argument that is checked here: each
 * is an `int` or an `unsigned int` of its SYSCALL_DEFINE, and clone(2) takes `lower_32_bits()` of its flags.
 */
export type Check = {
  /** of the values, the masked argument is one, or is none */
  readonly kind: "one-of" | "none-of";
  readonly argument: 0 | 1 | 2;
  /** All 32 bits where it is left out. */
  readonly mask?: number;
  readonly values: readonly [number, ...number[]];
};
