import { assemble, type Line } from "./assemble.js";
import { ALLOW, ENOSYS, KILL } from "./filter-answer.js";
import { ruleLabel, ruleLines } from "./rule-lines.js";
import { rulesFor, type SeccompOptions } from "./rules.js";
import { type SeccompArch, type Syscalls, syscallsOf } from "./syscalls.js";

/**
 * A seccomp filter, an array of struct sock_filter, as `bwrap --seccomp FD` and `setpriv --seccomp-filter FILE` take it.
 *
 * What the rules name is refused. Every other call that Linux had when the tables were made is allowed; any other number,
 * an x32 call's too, is answered as by a kernel that does not know it, so what is invented later stays shut. A call by
 * another architecture's table ends the process.
 */
export const seccompProgram = (options: SeccompOptions & { readonly arch: SeccompArch }): Uint8Array => {
  const rules = rulesFor(options);
  const syscalls = syscallsOf(options.arch);
  return assemble([
    { kind: "load", offset: ARCH },
    { kind: "jump", test: "equal", value: AUDIT_ARCH[options.arch], no: "kill" },
    { kind: "load", offset: NUMBER },
    ...rules.flatMap((rule, index) => numbersOf(rule.calls, syscalls).map((value) => toRule(value, index))),
    ...syscalls.ranges.flatMap(rangeLines),
    { kind: "label", name: "unknown" },
    { kind: "return", value: ENOSYS },
    ...rules.flatMap(ruleLines),
    { kind: "label", name: "allow" },
    { kind: "return", value: ALLOW },
    { kind: "label", name: "kill" },
    { kind: "return", value: KILL },
  ]);
};

// AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 of linux/audit.h: the machine of the ELF header, with the bits for 64 and for
// little endian. i386 and 32-bit ARM, other ways into the same kernel, lack the bit for 64.
const AUDIT_ARCH: Readonly<Record<SeccompArch, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };

// Offsets in struct seccomp_data.
const NUMBER = 0;
const ARCH = 4;

const numbersOf = (calls: readonly string[], { numbers }: Syscalls): readonly number[] =>
  calls.map((call) => numbers.get(call)).filter((number) => number !== undefined);

const toRule = (value: number, rule: number): Line => ({
  kind: "jump",
  test: "equal",
  value,
  yes: ruleLabel(rule),
});

/** Below the range is between it and the one before, where no call is. */
const rangeLines = ([first, last]: readonly [number, number]): readonly Line[] => [
  { kind: "jump", test: "at-least", value: first, no: "unknown" },
  { kind: "jump", test: "at-least", value: last + 1, no: "allow" },
];
