import type { Rule } from "./rule.js";

/**
 * What no confined program does. The numbers are those of the kernel's headers below `include/uapi`, the same for x86-64
 * and arm64.
 */
export const ALWAYS_REFUSED: readonly Rule[] = [
  // Its flags are in memory, where a filter cannot look. glibc, musl and others then use clone(2).
  { calls: ["clone3"], error: "ENOSYS" },
  // Programs that are in no file.
  { calls: ["execveat", "memfd_create", "memfd_secret"], error: "EPERM" },
  // Its operations are system calls that pass no filter. The same error as that of `sysctl kernel.io_uring_disabled=2`.
  { calls: ["io_uring_setup", "io_uring_enter", "io_uring_register"], error: "EPERM" },
  // Other processes.
  { calls: ["ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease"], error: "EPERM" },
  { calls: ["pidfd_open", "pidfd_getfd", "pidfd_send_signal", "kcmp", "perf_event_open"], error: "EPERM" },
  { calls: ["migrate_pages", "move_pages"], error: "EPERM" },
  // What is shared with them, past the pipes.
  { calls: ["shmget", "shmat", "shmctl", "semget", "semop", "semtimedop", "semctl"], error: "EPERM" },
  { calls: ["msgget", "msgsnd", "msgrcv", "msgctl", "mq_open", "mq_unlink"], error: "EPERM" },
  { calls: ["add_key", "request_key", "keyctl"], error: "EPERM" },
  // Another view of the file system, and files that no path was given for.
  { calls: ["setns", "unshare", "chroot", "pivot_root", "mount", "umount2", "mount_setattr"], error: "EPERM" },
  { calls: ["open_tree", "open_tree_attr", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick"], error: "EPERM" },
  { calls: ["open_by_handle_at", "name_to_handle_at", "fanotify_init", "fanotify_mark"], error: "EPERM" },
  // The kernel and the machine.
  { calls: ["bpf", "userfaultfd", "init_module", "finit_module", "delete_module", "create_module"], error: "EPERM" },
  { calls: ["kexec_load", "kexec_file_load", "reboot", "syslog", "vhangup", "uselib", "modify_ldt"], error: "EPERM" },
  { calls: ["iopl", "ioperm", "acct", "swapon", "swapoff", "quotactl", "quotactl_fd", "nfsservctl"], error: "EPERM" },
  { calls: ["sethostname", "setdomainname", "settimeofday", "clock_settime"], error: "EPERM" },
  { calls: ["adjtimex", "clock_adjtime", "lookup_dcookie"], error: "EPERM" },
  // To ask is harmless; so is what every program has.
  { calls: ["personality"], error: "EPERM", unless: [[{ kind: "one-of", argument: 0, values: [0, 0xffffffff] }]] },
  {
    // TIOCSTI types for the user, TIOCLINUX pastes, TIOCCONS and TIOCSETD take the terminal over; FIOSETOWN and SIOCSPGRP
    // are F_SETOWN.
    calls: ["ioctl"],
    error: "EPERM",
    unless: [
      [
        {
          kind: "none-of",
          argument: 1,
          values: [0x5412, 0x541c, 0x541d, 0x5423, 0x8901, 0x8902, 0x40086602, 0x401c5820],
        },
      ],
    ],
  },
  {
    // F_SETOWN, F_SETSIG and F_SETOWN_EX make the kernel send any signal, KILL too, to any process of the user.
    calls: ["fcntl"],
    error: "EPERM",
    unless: [[{ kind: "none-of", argument: 1, values: [8, 10, 15] }]],
  },
  {
    // PR_SET_MM forges what /proc says of the program. PR_SET_PDEATHSIG would let it outlive the server; it may only be
    // KILL, which setpriv(1) sets after it has loaded this filter.
    calls: ["prctl"],
    error: "EPERM",
    unless: [
      [{ kind: "none-of", argument: 0, values: [1, 35] }],
      [
        { kind: "one-of", argument: 0, values: [1] },
        { kind: "one-of", argument: 1, values: [9] },
      ],
    ],
  },
  {
    // The limits and the scheduling of other processes, by their id; 0 is the caller.
    calls: ["prlimit64", "sched_setaffinity", "sched_setscheduler", "sched_setparam", "sched_setattr"],
    error: "EPERM",
    unless: [[{ kind: "one-of", argument: 0, values: [0] }]],
  },
  {
    // PRIO_PROCESS and the caller.
    calls: ["setpriority"],
    error: "EPERM",
    unless: [
      [
        { kind: "one-of", argument: 0, values: [0] },
        { kind: "one-of", argument: 1, values: [0] },
      ],
    ],
  },
  {
    // IOPRIO_WHO_PROCESS and the caller.
    calls: ["ioprio_set"],
    error: "EPERM",
    unless: [
      [
        { kind: "one-of", argument: 0, values: [1] },
        { kind: "one-of", argument: 1, values: [0] },
      ],
    ],
  },
  // Devices, for those who have the capability: S_IFCHR and S_IFBLK under S_IFMT.
  {
    calls: ["mknod"],
    error: "EPERM",
    unless: [[{ kind: "none-of", argument: 1, mask: 0xf000, values: [0x2000, 0x6000] }]],
  },
  {
    calls: ["mknodat"],
    error: "EPERM",
    unless: [[{ kind: "none-of", argument: 2, mask: 0xf000, values: [0x2000, 0x6000] }]],
  },
];
