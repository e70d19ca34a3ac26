/** System calls with consecutive numbers: the number of the first, and their names in order. */
export type SyscallRun = readonly [first: number, names: string];

/** From 424 on, every architecture gives a call the same number. The last is of Linux 7.0. */
export const SYSCALLS_COMMON: SyscallRun = [
  424,
  `
    pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen fsconfig fsmount
    fspick pidfd_open clone3 close_range openat2 pidfd_getfd faccessat2 process_madvise epoll_pwait2 mount_setattr
    quotactl_fd landlock_create_ruleset landlock_add_rule landlock_restrict_self memfd_secret process_mrelease
    futex_waitv set_mempolicy_home_node cachestat fchmodat2 map_shadow_stack futex_wake futex_wait futex_requeue
    statmount listmount lsm_get_self_attr lsm_set_self_attr lsm_list_modules mseal setxattrat getxattrat
    listxattrat removexattrat open_tree_attr file_getattr file_setattr listns rseq_slice_yield
  `,
];
