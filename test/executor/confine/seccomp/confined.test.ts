import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seccompProgram } from "../../../../src/executor/confine/seccomp/seccomp-program.js";
import { syscallsOf } from "../../../../src/executor/confine/seccomp/syscalls.js";
import { PYTHON, programPath, runConfined } from "./confined.js";

// What the kernel makes of the programs. The filters are of this machine's kind.

const arch = process.arch === "arm64" ? "arm64" : "x64";
const other = arch === "arm64" ? "x64" : "arm64";
const filter = seccompProgram({ arch, sockets: "none", processes: "none" });
const withSignals = seccompProgram({ arch, sockets: "none", processes: "none", signals: "any" });
const withProcesses = seccompProgram({ arch, sockets: "none", processes: "any" });
const client = seccompProgram({ arch, sockets: "inet", processes: "none" });
const { numbers } = syscallsOf(arch);

type Call = readonly [name: string, ...args: readonly number[]];

const tryCalls = async (calls: readonly Call[], given: Uint8Array | undefined) => {
  const known = calls.flatMap(([name, ...args]) => {
    const number = numbers.get(name);
    return number === undefined ? [] : [{ name, call: [number, ...args] }];
  });
  const words = JSON.stringify(known.map(({ call }) => call));
  const { stdout, stderr } = await runConfined(given, [PYTHON, programPath("try-calls.py"), words]);
  expect(stderr).toBe("");
  const outcomes: readonly string[] = JSON.parse(stdout);
  return known.map(({ name }, index) => [name, outcomes[index]]);
};

/** Nothing takes these, so a call that is not refused has another error, and does nothing. */
const NOTHING = [-1, -1, -1, -1, -1, -1];
const calls = (names: string): readonly Call[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name): Call => [name, ...NOTHING]);

const refusedWithPermission = calls(`
  fork vfork clone execveat memfd_create memfd_secret io_uring_setup io_uring_enter io_uring_register ptrace
  process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_open pidfd_getfd pidfd_send_signal kcmp
  perf_event_open migrate_pages move_pages shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl
  mq_open mq_unlink add_key request_key keyctl setns unshare chroot pivot_root mount umount2 mount_setattr open_tree
  open_tree_attr move_mount fsopen fsconfig fsmount fspick open_by_handle_at name_to_handle_at fanotify_init fanotify_mark
  bpf userfaultfd init_module finit_module delete_module create_module kexec_load kexec_file_load reboot syslog uselib
  modify_ldt iopl ioperm acct swapon swapoff quotactl quotactl_fd nfsservctl sethostname setdomainname settimeofday
  clock_settime adjtimex clock_adjtime lookup_dcookie kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo
`);
const refusedSockets = calls(`
  socket socketpair bind connect listen accept accept4 sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg setsockopt
`);

const expected = (list: readonly Call[], error: string) =>
  list.filter(([name]) => numbers.has(name)).map(([name]) => [name, error]);

describe("the kernel, with a filter for filters,", () => {
  it("refuses each call", async () => {
    expect(await tryCalls([...refusedWithPermission, ...refusedSockets], filter)).toEqual([
      ...expected(refusedWithPermission, "EPERM"),
      ...expected(refusedSockets, "EACCES"),
    ]);
  });

  it("would not refuse them without", async () => {
    const safe = calls("execveat memfd_create kill tkill tgkill shmget semget msgget pidfd_send_signal keyctl kcmp")
      .concat(refusedSockets)
      .concat(calls("open_by_handle_at ptrace process_vm_readv unshare pidfd_open"));
    const outcomes = await tryCalls(safe, undefined);
    expect(outcomes.filter(([, outcome]) => outcome === "EPERM" || outcome === "EACCES")).toEqual([]);
  });

  it("looks at arguments", async () => {
    const READ_IMPLIES_EXEC = 0x400000;
    const self: readonly Call[] = [
      ["personality", -1],
      ["personality", READ_IMPLIES_EXEC],
      ["fcntl", 0, 1], // F_GETFD
      ["fcntl", 0, 8, 1], // F_SETOWN
      ["fcntl", 0, 10, 9], // F_SETSIG
      ["ioctl", -1, 0x541b],
      ["ioctl", -1, 0x5412],
      ["ioctl", -1, 0x541c],
      ["prctl", 2, 0], // PR_GET_PDEATHSIG, nowhere
      ["prctl", 1, 0],
      ["prctl", 1, 9],
      ["prlimit64", 0, 7, 0, 0],
      ["prlimit64", 1, 7, 0, 0],
      ["sched_setaffinity", 0, 0, 0],
      ["sched_setaffinity", 1, 0, 0],
      ["setpriority", 0, 0, 0],
      ["setpriority", 2, 0, 0],
      ["mknodat", -1, 0, 0o010600, 0],
      ["mknodat", -1, 0, 0o020600, 0],
    ];
    expect((await tryCalls(self, filter)).map(([, outcome]) => outcome)).toEqual([
      ...["done", "EPERM", "done", "EPERM", "EPERM", "EBADF", "EPERM", "EPERM", "EFAULT", "EPERM", "done"],
      ...["done", "EPERM", "EINVAL", "EPERM", "done", "EPERM", "EFAULT", "EPERM"],
    ]);
  });

  it("has no call that it should not know", async () => {
    const program = [
      PYTHON,
      programPath("try-calls.py"),
      JSON.stringify([[numbers.get("clone3"), 0, 0], [472], [5000]]),
    ];
    expect(JSON.parse((await runConfined(filter, program)).stdout)).toEqual(["ENOSYS", "ENOSYS", "ENOSYS"]);
  });

  it("runs threads, but no process", async () => {
    const code = `
import errno, os, subprocess, threading
def start(action):
    try: action()
    except OSError as error: print(errno.errorcode[error.errno])
thread = threading.Thread(target=print, args=("thread",))
thread.start()
thread.join()
start(os.fork)
start(lambda: os.posix_spawn("/bin/true", ["true"], {}))
start(lambda: subprocess.run(["/bin/true"]))
`;
    const { code: status, stdout } = await runConfined(filter, [PYTHON, "-c", code]);
    expect([status, stdout.split("\n")]).toEqual([0, ["thread", "EPERM", "EPERM", "EPERM", ""]]);
  });

  it("lets a program become another", async () => {
    const code = `import os; os.execv("${PYTHON}", ["python3", "-c", "print(7)"])`;
    expect((await runConfined(filter, [PYTHON, "-c", code])).stdout).toBe("7\n");
  });

  it("lets no program of a filter's language run", async () => {
    const { code, stdout } = await runConfined(filter, ["sed", "s/a/echo run/e"], "a\n");
    expect([code === 0, stdout]).toEqual([false, ""]);
  });

  it("runs the work of filters", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${(index * 7919) % 20_000}\n`);
    const sort = ["sort", "-n", "-S", "64k", "-T", "/dev/shm", "--parallel=4"];
    const { code, stdout, stderr } = await runConfined(filter, sort, lines.join(""));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout === lines.map((_, index) => `${index}\n`).join("")).toBe(true);
  });

  it("still lets abort(3) end a program, by its own signal where signals are allowed", async () => {
    const abort = [PYTHON, "-c", "import ctypes; ctypes.CDLL(None).abort()"];
    const ends = [(await runConfined(filter, abort)).code, (await runConfined(withSignals, abort)).code];
    expect(ends).toEqual([128 + constants.signals.SIGSEGV, 128 + constants.signals.SIGABRT]);
  });
});

describe("the kernel", () => {
  it("ends a program that is not of the filter's architecture", async () => {
    const foreign = seccompProgram({ arch: other, sockets: "none", processes: "none" });
    expect((await runConfined(foreign, ["true"])).code).toBe(128 + constants.signals.SIGSYS);
  });

  it.runIf(arch === "x64")("ends a program that makes a call as a 32-bit one", async () => {
    const program = [PYTHON, programPath("call-as-i386.py")];
    const free = await runConfined(undefined, program);
    // A kernel without 32-bit programs takes the instruction for a mistake.
    const { SIGSYS, SIGSEGV } = constants.signals;
    expect([(await runConfined(filter, program)).code, 0]).toEqual([
      128 + (free.code === 0 ? SIGSYS : SIGSEGV),
      free.code === 0 ? 0 : 128 + SIGSEGV,
    ]);
  });

  it("lets processes start, in no namespace of their own, where the filter does", async () => {
    const code = `
import ctypes, errno, os, subprocess
print(subprocess.run(["/bin/echo", "child"], stdout=subprocess.PIPE).stdout.decode().strip())
pid = os.fork() or os._exit(3)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
libc = ctypes.CDLL(None, use_errno=True)
print(libc.syscall(${numbers.get("clone")}, 0x10000011, 0, 0, 0, 0), errno.errorcode[ctypes.get_errno()])
`;
    const { stdout } = await runConfined(withProcesses, [PYTHON, "-c", code]);
    expect(stdout.split("\n")).toEqual(["child", "3", "-1 EPERM", ""]);
  });

  it("lets a TCP client speak, where the filter does, and nothing else", async () => {
    const server = createServer((socket) => socket.once("data", (data) => socket.end(`${data} client`)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const directory = mkdtempSync(join(tmpdir(), "awspipe-seccomp-"));
    const local = createServer();
    await new Promise<void>((resolve) => local.listen(join(directory, "socket"), resolve));
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    try {
      const program = [PYTHON, programPath("use-network.py"), port, join(directory, "socket")];
      const { stdout, stderr } = await runConfined(client, program);
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toEqual({
        tcp: "hello client",
        asyncio: "done",
        udp: "done",
        raw: "EACCES",
        unix: "EACCES",
        netlink: "EACCES",
        packet: "EACCES",
        vsock: "EACCES",
        alg: "EACCES",
        "datagram pair": "EACCES",
        "connect a pair": "EISCONN",
        bind: "EACCES",
        listen: "EACCES",
      });
    } finally {
      server.close();
      local.close();
      rmSync(directory, { recursive: true });
    }
  });
});
