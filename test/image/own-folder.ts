import { chownSync } from "node:fs";
import { ENGINE } from "./engine.js";

/**
 * Makes a folder of this machine, an absolute path, the container's own: root gives it to the image's user; anybody else runs the
 * container as oneself, with these flags.
 */
export const ownFolder = (path: string): { readonly path: string; readonly user: readonly string[] } => {
  const [uid = 0, gid = 0] = [process.getuid?.(), process.getgid?.()];
  if (uid !== 0) {
    const keep = ENGINE.endsWith("podman") ? ["--userns", "keep-id"] : [];
    return { path, user: ["--user", `${uid}:${gid}`, ...keep] };
  }
  chownSync(path, 10001, 10001);
  return { path, user: [] };
};
