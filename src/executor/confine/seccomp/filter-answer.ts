/** What a filter returns: SECCOMP_RET_* of linux/seccomp.h, with an error's number in the low bits. */
export const ALLOW = 0x7fff0000;
export const KILL = 0x80000000;
export const EPERM = 0x50001;
export const EACCES = 0x5000d;
export const ENOSYS = 0x50026;
