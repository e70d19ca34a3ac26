import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../../../src/executor/machine.js";
import type { AttackWorld } from "./attack-world.js";

/** What a program can try, each an expression of Python by what it does; whatever does not raise OSError came through. */
export type Techniques = Readonly<Record<string, string>>;

/** The program that tries them and tells what became of each. */
export const tryAll = (techniques: Techniques): string =>
  [
    PRELUDE,
    ...Object.entries(techniques).map(([name, code]) => `attempt(${JSON.stringify(name)}, lambda: ${code})`),
  ].join("\n");

/** What it tells when nothing came through. */
export const allRefused = (techniques: Techniques): string =>
  Object.keys(techniques)
    .map((name) => `refused: ${name}\n`)
    .join("");

const PRELUDE = `
import ctypes, fcntl, mmap, os, signal, socket, stat, sys, time
c = ctypes.CDLL(None, use_errno=True)
def call(name, *args):
  if getattr(c, name)(*args) == -1: raise OSError(ctypes.get_errno(), name)
def read(path):
  with open(path, "rb") as file: return file.read(4096)
def at(folder, name): return os.open(name, os.O_RDONLY, dir_fd=os.open(folder, os.O_PATH))
def opened(path): return os.open(path, os.O_RDONLY)
def connect(family, address, kind=socket.SOCK_STREAM): socket.socket(family, kind).connect(address)
def attempt(name, technique):
  try: came = technique()
  except OSError: print("refused:", name, flush=True)
  else: print("came through:", name, repr(came), flush=True)
`;

/** Reads what it was not given. */
export const reads = (world: AttackWorld, { directories }: Machine): Techniques => {
  const { home, workspace, victim } = world;
  const files = [
    ...["/etc/passwd", "/etc/shadow", "/etc/group", "/proc/1/environ", "/dev/mem", "/dev/kmsg"],
    ...["environ", "mem", "maps", "cmdline", "root/etc/passwd", "fd/0"].map((name) => `/proc/${victim}/${name}`),
    ...[".aws/credentials", ".ssh/id_rsa"].map((name) => join(home, name)),
    ...["notes.txt", ".env", "link/hosts", "../secret.txt"].map((name) => join(workspace, name)),
  ];
  const folders = [home, join(home, ".aws"), "/etc/ssl", "/root", join(workspace, "link"), join(workspace, "reports")];
  const own = [directories.configuration, directories.credentialHome, directories.fifos, directories.runs];
  return {
    ...each(files, "open", (path) => `read(${path})`),
    ...each([...folders, ...own], "list", (path) => `os.listdir(${path})`),
    "open by a descriptor of the folder": `at(${text(workspace)}, "notes.txt")`,
    "load as a library": `ctypes.CDLL(${text(join(workspace, "elf"))})`,
    "open by a handle": `call("name_to_handle_at", -100, ${text(home)}.encode(), ctypes.create_string_buffer(256), ctypes.create_string_buffer(8), 0)`,
    "watch the names in a folder": `call("inotify_add_watch", c.inotify_init(), ${text(home)}.encode(), 0xfff)`,
    "trace another process": `call("ptrace", 16, ${victim}, 0, 0)`,
    "read another process": `call("process_vm_readv", ${victim}, ctypes.create_string_buffer(16), 1, ctypes.create_string_buffer(16), 1, 0)`,
    "take hold of another process": `os.pidfd_open(${victim})`,
    "read the kernel's log": `call("klogctl", 3, ctypes.create_string_buffer(4096), 4096)`,
  };
};

/** Looks at what there is, without its contents. */
export const looks = ({ home, workspace }: AttackWorld): Techniques => ({
  "look at a file": `os.stat(${text(join(home, ".aws/credentials"))}).st_size`,
  "look for a file": `os.access(${text(join(home, ".aws/credentials"))}, os.F_OK) or os.stat("/none")`,
  "read a link": `len(os.readlink(${text(join(workspace, "link"))}))`,
});

/** Makes, changes or removes something. `given` is a file that it may read. */
export const writes = (world: AttackWorld, { directories }: Machine, given: string): Techniques => {
  const { root, home, workspace } = world;
  const folders = [join(root, "tmp"), workspace, home, directories.empty, directories.runs, directories.scratch];
  const files = [join(root, "tmp", "x"), join(workspace, "notes.txt"), join(home, ".bashrc"), given];
  const inFolders: Techniques = {
    ...each(
      ["/tmp", "/var/tmp", "/dev/shm", "/etc/cron.d", ...folders],
      "make a file in",
      (path) => `open(${path} + "/made", "w")`,
    ),
    ...each(folders, "make a nameless file in", (path) => `os.open(${path}, os.O_TMPFILE | os.O_RDWR)`),
    ...each(folders, "make a folder in", (path) => `os.mkdir(${path} + "/made")`),
    ...each(folders, "make a FIFO in", (path) => `os.mkfifo(${path} + "/made")`),
    ...each(
      folders,
      "make a device in",
      (path) => `os.mknod(${path} + "/made", stat.S_IFCHR | 0o666, os.makedev(1, 3))`,
    ),
    ...each(folders, "make a node in", (path) => `os.mknod(${path} + "/made")`),
    ...each(folders, "make a symbolic link in", (path) => `os.symlink("/etc", ${path} + "/made")`),
    ...each(folders, "make a link in", (path) => `os.link(${text(given)}, ${path} + "/made")`),
  };
  const ofFiles: Techniques = {
    ...each(files, "open for writing", (path) => `os.open(${path}, os.O_WRONLY)`),
    ...each(files, "open for appending", (path) => `open(${path}, "ab")`),
    ...each(files, "empty", (path) => `open(${path}, "wb")`),
    ...each(files, "cut", (path) => `os.truncate(${path}, 1)`),
    ...each(files, "rename", (path) => `os.rename(${path}, ${path} + ".made")`),
    ...each(files, "remove", (path) => `os.unlink(${path})`),
    ...each(files, "change the mode of", (path) => `os.chmod(${path}, 0o777)`),
    ...each(files, "change the owner of", (path) => `os.chown(${path}, os.getuid(), os.getgid())`),
    ...each(files, "change the times of", (path) => `os.utime(${path}, (0, 0))`),
    ...each(files, "change an attribute of", (path) => `os.setxattr(${path}, "user.made", b"x")`),
  };
  const open: Techniques = {
    "change the mode of what is open": `os.chmod(opened(${text(given)}), 0o777)`,
    "change the owner of what is open": `os.chown(opened(${text(given)}), os.getuid(), os.getgid())`,
    "change the times of what is open": `os.utime(opened(${text(given)}), (0, 0))`,
    "change an attribute of what is open": `os.setxattr(opened(${text(given)}), "user.made", b"x")`,
    "change a flag of what is open": `fcntl.ioctl(opened(${text(given)}), 0x40086602, (0x40).to_bytes(8, "little"))`,
    "write into what is open by its memory": `mmap.mmap(opened(${text(given)}), 0, mmap.MAP_SHARED, mmap.PROT_WRITE)`,
  };
  return { ...inFolders, ...ofFiles, ...open };
};

/** Speaks to somebody. */
export const calls = ({ port, sockets: [path, abstract] }: AttackWorld): Techniques => ({
  TCP: `connect(socket.AF_INET, ("127.0.0.1", ${port}))`,
  "TCP over IPv6": `connect(socket.AF_INET6, ("::ffff:127.0.0.1", ${port}))`,
  UDP: `socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", ${port}))`,
  "a Unix socket": `connect(socket.AF_UNIX, ${text(path)})`,
  "an abstract Unix socket": `connect(socket.AF_UNIX, ${text(abstract)})`,
  "a pair of sockets": "socket.socketpair()",
  "a raw socket": "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
  "a packet socket": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
  netlink: "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)",
  "the kernel's ciphers": "socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET)",
  "a virtual machine's host": "socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)",
  listening: 'socket.create_server(("127.0.0.1", 0))',
  "looking a name up": 'socket.getaddrinfo("name.example", 80)',
  "a ring of system calls": 'call("syscall", 425, 8, ctypes.create_string_buffer(256))',
  "shared memory": 'call("shmget", 0x61777370, 4096, 0o1666)',
  "a message queue": 'call("msgget", 0x61777370, 0o1666)',
  semaphores: 'call("semget", 0x61777370, 1, 0o1666)',
  "a keyring": 'call("syscall", 248 if os.uname().machine == "x86_64" else 217, b"user", b"made", b"x", 1, -3)',
});

/** Does something to other processes or to the machine. */
export const machine = ({ victim, root }: AttackWorld): Techniques => ({
  "ask for another process": `os.kill(${victim}, 0)`,
  "end another process": `os.kill(${victim}, signal.SIGKILL)`,
  "slow another process": `os.setpriority(os.PRIO_PROCESS, ${victim}, 19)`,
  "slow all processes of the user": "os.setpriority(os.PRIO_USER, os.getuid(), 19)",
  "move another process": `os.sched_setaffinity(${victim}, [0])`,
  "limit another process": `call("prlimit", ${victim}, 0, ctypes.create_string_buffer(16), None)`,
  "change its root": `os.chroot(${text(root)})`,
  "make namespaces": 'call("unshare", 0x10000000)',
  "enter a namespace": 'call("setns", 0, 0)',
  mount: `call("mount", b"none", ${text(join(root, "tmp"))}.encode(), b"tmpfs", 0, None)`,
  unmount: `call("umount2", ${text(join(root, "tmp"))}.encode(), 2)`,
  "set the clock": "time.clock_settime(time.CLOCK_REALTIME, time.time())",
  "name the machine": 'socket.sethostname("made")',
  "have the machine not restart by its keys": 'call("reboot", 0)',
  "use a file for memory": `call("swapon", ${text(join(root, "tmp", "x"))}.encode(), 0)`,
  "count what others do":
    'call("syscall", 298 if os.uname().machine == "x86_64" else 241, ctypes.create_string_buffer(128), 0, -1, -1, 0)',
  "become somebody else's child": 'call("prctl", 1, 0)',
});

/** Becomes or starts another program. `id` is a program in the workspace, `script` one that names its interpreter. */
export const starts = ({ workspace }: AttackWorld): Techniques => {
  const elf = join(workspace, "elf");
  const script = join(workspace, "script");
  copyFileSync("/usr/bin/id", elf);
  writeFileSync(script, "#!/bin/sh\necho uid=\n", { mode: 0o755 });
  return {
    fork: "os.fork()",
    "fork with a terminal": "os.forkpty()",
    spawn: 'os.posix_spawn("/usr/bin/id", ["id"], {})',
    ...each(["/usr/bin/id", "/bin/sh", "/usr/bin/su", elf, script], "execute", (path) => `os.execv(${path}, ["x"])`),
    "execute by a descriptor": `os.execve(os.open(${text(elf)}, os.O_PATH), ["id"], {})`,
    "execute what is in memory": 'os.execve(os.memfd_create("made"), ["id"], {})',
    "execute memory that is secret": 'call("syscall", 447, 0)',
  };
};

const text = (value: string): string => JSON.stringify(value).replaceAll("\\u0000", "\\0");

const each = (paths: readonly string[], verb: string, code: (path: string) => string): Techniques =>
  Object.fromEntries(paths.map((path) => [`${verb} ${path}`, code(text(path))]));
