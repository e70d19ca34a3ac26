import { describe, expect, it } from "vitest";
import { rulesFor } from "../../../../src/executor/confine/seccomp/rules.js";
import { seccompProgram } from "../../../../src/executor/confine/seccomp/seccomp-program.js";
import { type SeccompArch, syscallsOf } from "../../../../src/executor/confine/seccomp/syscalls.js";
import { evaluate } from "./evaluate.js";

type Options = Omit<Parameters<typeof seccompProgram>[0], "arch">;

const archs = ["x64", "arm64"] as const;
const AUDIT_ARCH: Readonly<Record<SeccompArch, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };
const NONE: Options = { sockets: "none", processes: "none" };

const ANSWERS = new Map([
  [0x7fff0000, "allow"],
  [0x80000000, "kill"],
  [0x00050001, "EPERM"],
  [0x0005000d, "EACCES"],
  [0x00050026, "ENOSYS"],
]);

const answerOf = (program: Uint8Array, arch: number, number: number, args: readonly (number | bigint)[] = []) => {
  const answer = evaluate(program, { arch, number, args });
  return ANSWERS.get(answer) ?? answer;
};

/** The filter's answer to a call by its name, on a machine of that kind. */
const answers = (arch: SeccompArch, options: Options) => {
  const program = seccompProgram({ arch, ...options });
  const { numbers } = syscallsOf(arch);
  return (name: string, ...args: readonly (number | bigint)[]) =>
    answerOf(program, AUDIT_ARCH[arch], numbers.get(name) ?? Number.NaN, args);
};

/** Plain arguments, one of which every call takes that is not refused, but for those that make sockets and processes. */
const PLAIN = [[], [1, 0]];

/** Every call that is refused with plain arguments, by the errors it gets. */
const refused = (arch: SeccompArch, options: Options): Record<string, string> => {
  const answer = answers(arch, options);
  const names = [...syscallsOf(arch).numbers.keys()];
  const found = names.map((name) => [name, PLAIN.map((args) => answer(name, ...args)).join()] as const);
  return Object.fromEntries(found.filter(([, each]) => !each.includes("allow")));
};

const all = (names: string, error: string) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, `${error},${error}`]);

const HERE: Readonly<Record<SeccompArch, (name: string) => boolean>> = {
  x64: () => true,
  arm64: (name) => syscallsOf("arm64").numbers.has(name),
};

const table = (arch: SeccompArch, ...lists: readonly (readonly string[])[][]): Record<string, string> =>
  Object.fromEntries(lists.flat().filter(([name = ""]) => HERE[arch](name)));

const always = [
  ...all("clone3", "ENOSYS"),
  ...all(
    `execveat memfd_create memfd_secret io_uring_setup io_uring_enter io_uring_register ptrace process_vm_readv
     process_vm_writev process_madvise process_mrelease pidfd_open pidfd_getfd pidfd_send_signal kcmp perf_event_open
     migrate_pages move_pages shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl mq_open
     mq_unlink add_key request_key keyctl setns unshare chroot pivot_root mount umount2 mount_setattr open_tree
     open_tree_attr move_mount fsopen fsconfig fsmount fspick open_by_handle_at name_to_handle_at fanotify_init
     fanotify_mark bpf userfaultfd init_module finit_module delete_module create_module kexec_load kexec_file_load
     reboot syslog vhangup uselib modify_ldt iopl ioperm acct swapon swapoff quotactl quotactl_fd nfsservctl sethostname
     setdomainname settimeofday clock_settime adjtimex clock_adjtime lookup_dcookie
     chmod fchmod fchmodat fchmodat2 chown lchown fchown fchownat setxattr lsetxattr fsetxattr setxattrat removexattr
     lremovexattr fremovexattr removexattrat file_setattr inotify_add_watch`,
    "EPERM",
  ),
];
const noProcesses = all("fork vfork clone", "EPERM");
const noSignals = all("kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo", "EPERM");
const noTimes = all("utime utimes futimesat utimensat", "EPERM");
const noSockets = all(
  `socket socketpair bind connect listen accept accept4 sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg setsockopt`,
  "EACCES",
);
const onlyClient = all("socket socketpair bind listen accept accept4", "EACCES");

/** A call, its arguments, and what becomes of it. */
type Case = readonly [name: string, args: readonly (number | bigint)[], answer: string];

const CASES: readonly Case[] = [
  ["personality", [0xffffffff], "allow"],
  ["personality", [0], "allow"],
  ["personality", [0x40000], "EPERM"], // ADDR_NO_RANDOMIZE
  ["personality", [0x400000], "EPERM"], // READ_IMPLIES_EXEC
  ["personality", [8], "EPERM"], // PER_LINUX32
  ["ioctl", [0, 0x5401], "allow"], // TCGETS
  ["ioctl", [0, 0x5413], "allow"], // TIOCGWINSZ
  ["ioctl", [0, 0x541b], "allow"], // FIONREAD
  ["ioctl", [0, 0x5412], "EPERM"], // TIOCSTI
  ["ioctl", [0, 0x541c], "EPERM"], // TIOCLINUX
  ["ioctl", [0, 0x541d], "EPERM"], // TIOCCONS
  ["ioctl", [0, 0x5423], "EPERM"], // TIOCSETD
  ["ioctl", [0, 0x8901], "EPERM"], // FIOSETOWN
  ["ioctl", [0, 0x8902], "EPERM"], // SIOCSPGRP
  ["ioctl", [0, 0x40086602], "EPERM"], // FS_IOC_SETFLAGS
  ["ioctl", [0, 0x401c5820], "EPERM"], // FS_IOC_FSSETXATTR
  // The kernel reads the low half of the request, and so do we.
  ["ioctl", [0, 0x1_0000_5412n], "EPERM"],
  ["ioctl", [0, 0xffff_ffff_0000_5412n], "EPERM"],
  ["fcntl", [0, 1], "allow"], // F_GETFD
  ["fcntl", [0, 3], "allow"], // F_GETFL
  ["fcntl", [0, 4], "allow"], // F_SETFL
  ["fcntl", [0, 9], "allow"], // F_GETOWN
  ["fcntl", [0, 1030], "allow"], // F_DUPFD_CLOEXEC
  ["fcntl", [0, 8], "EPERM"], // F_SETOWN
  ["fcntl", [0, 10], "EPERM"], // F_SETSIG
  ["fcntl", [0, 15], "EPERM"], // F_SETOWN_EX
  ["fcntl", [0, 0xabcd_0000_0008n], "EPERM"],
  ["prctl", [15, 0], "allow"], // PR_SET_NAME
  ["prctl", [2, 0], "allow"], // PR_GET_PDEATHSIG
  ["prctl", [38, 1], "allow"], // PR_SET_NO_NEW_PRIVS
  ["prctl", [0x53564d41, 0], "allow"], // PR_SET_VMA
  ["prctl", [1, 9], "allow"], // PR_SET_PDEATHSIG, SIGKILL
  ["prctl", [1, 0], "EPERM"],
  ["prctl", [1, 15], "EPERM"],
  ["prctl", [0x9_0000_0001n, 0], "EPERM"],
  ["prctl", [35, 9], "EPERM"], // PR_SET_MM
  ["prlimit64", [0, 7], "allow"],
  ["prlimit64", [1, 7], "EPERM"],
  ["prlimit64", [0x1_0000_0000n, 7], "allow"], // a pid_t is the low half
  ["sched_setaffinity", [0, 8], "allow"],
  ["sched_setaffinity", [1234, 8], "EPERM"],
  ["sched_setscheduler", [0, 0], "allow"],
  ["sched_setscheduler", [1, 0], "EPERM"],
  ["sched_setparam", [0], "allow"],
  ["sched_setparam", [1], "EPERM"],
  ["sched_setattr", [0], "allow"],
  ["sched_setattr", [1], "EPERM"],
  ["setpriority", [0, 0, 5], "allow"],
  ["setpriority", [0, 77, 5], "EPERM"],
  ["setpriority", [1, 0, 5], "EPERM"], // PRIO_PGRP
  ["setpriority", [2, 0, 5], "EPERM"], // PRIO_USER
  ["ioprio_set", [1, 0, 5], "allow"],
  ["ioprio_set", [1, 77, 5], "EPERM"],
  ["ioprio_set", [2, 0, 5], "EPERM"],
  ["ioprio_set", [3, 0, 5], "EPERM"],
  ["mknodat", [-100, 0, 0o010600], "allow"], // a FIFO
  ["mknodat", [-100, 0, 0o100600], "allow"],
  ["mknodat", [-100, 0, 0o140600], "allow"],
  ["mknodat", [-100, 0, 0o020600], "EPERM"], // a character device
  ["mknodat", [-100, 0, 0o060600], "EPERM"], // a block device
  ["mknod", [0, 0o010600], "allow"],
  ["mknod", [0, 0o020600], "EPERM"],
  ["mknod", [0, 0o060600], "EPERM"],
];

const CLONE_THREAD = 0x3d0f00; // what pthread_create(3) of glibc asks for
const CLONE_FORK = 0x1200011; // what fork(3) of glibc asks for
const NAMESPACES = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000];

const newProcess: readonly Case[] = [
  ["clone", [CLONE_THREAD], "allow"],
  ...NAMESPACES.map((flag): Case => ["clone", [CLONE_THREAD | flag], "EPERM"]),
  ...NAMESPACES.map((flag): Case => ["clone", [flag | 17], "EPERM"]),
];
const withoutProcesses: readonly Case[] = [
  ["clone", [CLONE_FORK], "EPERM"],
  ["clone", [0x4111], "EPERM"], // vfork(3)
  ["clone", [0], "EPERM"],
  ["clone", [0x1_0000_0000n * 0x10000n], "EPERM"], // CLONE_THREAD in the half that the kernel drops
  ["fork", [], "EPERM"],
  ["vfork", [], "EPERM"],
];
const withProcesses: readonly Case[] = [
  ["clone", [CLONE_FORK], "allow"],
  ["clone", [0x4111], "allow"],
  ["fork", [], "allow"],
  ["vfork", [], "allow"],
];

const CLOEXEC = 0o2000000;
const NONBLOCK = 0o4000;
const inet: readonly Case[] = [
  ...[2, 10].flatMap((family): readonly Case[] => [
    ["socket", [family, 1, 0], "allow"],
    ["socket", [family, 1 | CLOEXEC | NONBLOCK, 6], "allow"],
    ["socket", [family, 2 | CLOEXEC, 0], "allow"],
    ["socket", [family, 2, 17], "allow"],
    ["socket", [family, 3, 255], "EACCES"], // SOCK_RAW
    ["socket", [family, 3, 0], "EACCES"],
    ["socket", [family, 5, 132], "EACCES"], // SOCK_SEQPACKET, SCTP
    ["socket", [family, 1, 132], "EACCES"],
    ["socket", [family, 1, 262], "EACCES"], // MPTCP
    ["socket", [family, 2, 1], "EACCES"], // ICMP
    ["socket", [family, 10, 0], "EACCES"], // SOCK_PACKET
  ]),
  // AF_UNSPEC, AF_UNIX, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK
  ...[0, 1, 16, 17, 38, 40].map((family): Case => ["socket", [family, 1, 0], "EACCES"]),
  ["socket", [0x1_0000_0001n, 1, 0], "EACCES"],
  ["socketpair", [1, 1, 0], "allow"],
  ["socketpair", [1, 1 | CLOEXEC | NONBLOCK, 0], "allow"],
  ["socketpair", [1, 2, 0], "EACCES"],
  ["socketpair", [1, 5, 0], "EACCES"],
  ["socketpair", [2, 1, 0], "EACCES"],
  ...["connect", "sendto", "sendmsg", "recvfrom", "recvmsg", "setsockopt", "getsockopt", "shutdown"].map(
    (name): Case => [name, [3], "allow"],
  ),
];

describe.each(archs)("seccompProgram for %s", (arch) => {
  const results = (options: Options, cases: readonly Case[]) => {
    const answer = answers(arch, options);
    return cases.filter(([name]) => HERE[arch](name)).map(([name, args]) => [name, args, answer(name, ...args)]);
  };
  const wanted = (cases: readonly Case[]) => cases.filter(([name]) => HERE[arch](name));

  it("refuses these calls of a filter, and no others, whatever their arguments", () => {
    expect(refused(arch, NONE)).toEqual(table(arch, always, noProcesses, noSignals, noTimes, noSockets));
  });

  it("refuses fewer where more is asked for", () => {
    expect(refused(arch, { ...NONE, signals: "any" })).toEqual(table(arch, always, noProcesses, noTimes, noSockets));
    expect(refused(arch, { sockets: "inet", processes: "none", signals: "none" })).toEqual(
      table(arch, always, noProcesses, noSignals, noTimes, onlyClient),
    );
    expect(refused(arch, { sockets: "none", processes: "any" })).toEqual(
      table(arch, always, noSignals, noTimes, noSockets),
    );
    expect(refused(arch, { ...NONE, times: "any" })).toEqual(table(arch, always, noProcesses, noSignals, noSockets));
  });

  it("looks at arguments", () => {
    expect(results(NONE, CASES)).toEqual(wanted(CASES));
  });

  it("lets threads start, and processes where they are asked for, but no namespaces", () => {
    const none = [...newProcess, ...withoutProcesses];
    const any = [...newProcess, ...withProcesses];
    expect(results(NONE, none)).toEqual(wanted(none));
    expect(results({ ...NONE, processes: "any" }, any)).toEqual(wanted(any));
  });

  it("lets TCP and UDP clients be where they are asked for", () => {
    expect(results({ ...NONE, sockets: "inet" }, inet)).toEqual(wanted(inet));
  });

  it("knows no call that Linux had not when the tables were made", () => {
    const program = seccompProgram({ arch, ...NONE });
    const known = new Set(syscallsOf(arch).numbers.values());
    const unknown = Array.from({ length: 1024 }, (_, number) => number).filter((number) => !known.has(number));
    const x32 = [0x40000000, 0x40000000 + 39, 0x40000000 + 520, 0x7fffffff, 0x80000000, 0xffffffff];
    const found = [...unknown, ...x32].filter((number) => answerOf(program, AUDIT_ARCH[arch], number) !== "ENOSYS");
    expect(found).toEqual([]);
  });

  it("ends the process at a call of another architecture", () => {
    const program = seccompProgram({ arch, ...NONE });
    const machines = [...archs.map((each) => AUDIT_ARCH[each]), 0x40000003, 0x40000028, 0x3e, 0, 0xffffffff];
    const others = machines.filter((machine) => machine !== AUDIT_ARCH[arch]);
    for (const number of [0, 1, 59, 221, 424, 9999])
      expect(others.map((machine) => answerOf(program, machine, number))).toEqual(others.map(() => "kill"));
  });
});

describe("the rules", () => {
  it("name only calls that a table has", () => {
    const names = new Set(archs.flatMap((arch) => [...syscallsOf(arch).numbers.keys()]));
    const options = (["none", "any"] as const).flatMap((processes) =>
      (["none", "inet"] as const).map((sockets) => ({ processes, sockets })),
    );
    const calls = options.map((each) => rulesFor(each).flatMap(({ calls: named }) => named));
    expect(calls.flat().filter((name) => !names.has(name))).toEqual([]);
    for (const each of calls) expect(each.length).toBe(new Set(each).size);
  });
});
