import { ALWAYS_REFUSED } from "./always-refused.js";
import type { Check, Rule } from "./rule.js";

/** What a confined program may do beside computing and using the descriptors it has. */
export type SeccompOptions = {
  /** `inet`: TCP and UDP over IPv4 and IPv6, as a client. */
  readonly sockets: "none" | "inet";
  /** `any`: it may start processes. Threads it may start always, and execve(2) stays: launchers end in it. */
  readonly processes: "none" | "any";
  /**
   * What it may send. `any` is for a program in a PID namespace of its own; elsewhere a filter cannot tell the program
   * from other processes of its user, so `none`, where it is left out, takes its own signals too: abort(3) then ends by
   * its last resort, an instruction that traps, and raise(3) fails, in which a handler for TERM may end.
   */
  readonly signals?: "none" | "any";
  /**
   * Whether it may set the times of files, as the AWS CLI does with what it downloads. Landlock has no right for that, so
   * that any file of its user could be meant. `none` where it is left out.
   */
  readonly times?: "none" | "any";
};

/** No call is in two rules. */
export const rulesFor = (options: SeccompOptions): readonly Rule[] => [
  ...PROCESSES[options.processes],
  ...SOCKETS[options.sockets],
  ...SIGNALS[options.signals ?? "none"],
  ...TIMES[options.times ?? "none"],
  METADATA,
  ...ALWAYS_REFUSED,
];

const CLONE_THREAD = 0x10000;
// NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. NEWTIME is no flag of clone(2): its bit is of the exit signal.
const CLONE_NEW = 0x7e020000;

const noNamespace: Check = { kind: "one-of", argument: 0, mask: CLONE_NEW, values: [0] };

const PROCESSES: Readonly<Record<SeccompOptions["processes"], readonly Rule[]>> = {
  none: [
    { calls: ["fork", "vfork"], error: "EPERM" },
    {
      calls: ["clone"],
      error: "EPERM",
      unless: [[{ kind: "one-of", argument: 0, mask: CLONE_THREAD, values: [CLONE_THREAD] }, noNamespace]],
    },
  ],
  any: [{ calls: ["clone"], error: "EPERM", unless: [[noNamespace]] }],
};

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_TYPE_MASK = 0xf;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const IPPROTO_TCP = 6;
const IPPROTO_UDP = 17;

const SOCKETS: Readonly<Record<SeccompOptions["sockets"], readonly Rule[]>> = {
  // Asking whether a descriptor is a socket stays: `getsockopt`, `getsockname` and `getpeername` answer ENOTSOCK.
  none: [
    { calls: ["socket", "socketpair", "bind", "connect", "listen", "accept", "accept4"], error: "EACCES" },
    { calls: ["sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg", "setsockopt"], error: "EACCES" },
  ],
  inet: [
    { calls: ["bind", "listen", "accept", "accept4"], error: "EACCES" },
    {
      calls: ["socket"],
      error: "EACCES",
      unless: [
        [
          { kind: "one-of", argument: 0, values: [AF_INET, AF_INET6] },
          { kind: "one-of", argument: 1, mask: SOCK_TYPE_MASK, values: [SOCK_STREAM, SOCK_DGRAM] },
          { kind: "one-of", argument: 2, values: [0, IPPROTO_TCP, IPPROTO_UDP] },
        ],
      ],
    },
    {
      // Python's asyncio wakes itself by a pair of streams. Of other types, one could be connected elsewhere later.
      calls: ["socketpair"],
      error: "EACCES",
      unless: [
        [
          { kind: "one-of", argument: 0, values: [AF_UNIX] },
          { kind: "one-of", argument: 1, mask: SOCK_TYPE_MASK, values: [SOCK_STREAM] },
        ],
      ],
    },
  ],
};

const SIGNALS: Readonly<Record<"none" | "any", readonly Rule[]>> = {
  none: [{ calls: ["kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"], error: "EPERM" }],
  any: [],
};

const TIMES: Readonly<Record<"none" | "any", readonly Rule[]>> = {
  none: [{ calls: ["utime", "utimes", "futimesat", "utimensat"], error: "EPERM" }],
  any: [],
};

// What Landlock has no right for either (landlock(7), "Current limitations"), and what tells the names that change in a folder.
const METADATA: Rule = {
  calls: [
    ...["chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat"],
    ...["setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr"],
    ...["removexattrat", "file_setattr", "inotify_add_watch"],
  ],
  error: "EPERM",
};
