/** Who the server is in a container, where it is nobody's in particular. */
export const CONTAINER_GROUP = "10001";

/**
 * What `docker run` is given wherever this project starts a container: a root that cannot be written, no capability, no way
 * to gain one, bounds, and two places to write that go with the container. They are memory and count in its bound: one that is
 * full fails a call, while a full bound would kill the server. The workspace has to be the server's own and
 * nobody else's, so its tmpfs has the user's id; podman has no such option and takes
 * `--mount=type=tmpfs,destination=/workspace,tmpfs-mode=0700,tmpfs-size=256m,U=true` instead.
 *
 * @param user id of the user that the server runs as
 */
export const hardening = (user: string): readonly string[] => [
  "--read-only",
  "--cap-drop=ALL",
  "--security-opt=no-new-privileges",
  "--pids-limit=512",
  "--memory=1g",
  "--tmpfs=/tmp:mode=1777,size=384m",
  `--tmpfs=/workspace:mode=0700,uid=${user},gid=${CONTAINER_GROUP},size=256m`,
];
