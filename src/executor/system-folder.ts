import { realPath } from "./find-program.js";
import { isWithin } from "./is-within.js";

/** Nothing of these may be a workspace, at any depth. */
const WHOLE = [
  "/etc",
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/dev",
  "/proc",
  "/sys",
  "/boot",
];
/** These are shared; folders in them may be private. */
const ITSELF = ["/", "/tmp", "/var", "/var/tmp", "/run", "/root", "/home"];

/** Why a directory of the operating system is no workspace. */
export const systemFolderReason = (real: string): string | undefined => {
  const whole = WHOLE.find((folder) => placesOf(folder).some((place) => isWithin(real, place)));
  if (whole !== undefined) return `is or lies in ${whole}, which belongs to the system`;
  const itself = ITSELF.find((folder) => placesOf(folder).includes(real));
  return itself === undefined ? undefined : `is ${itself}, which belongs to the system`;
};

// `/bin` is a link on most systems, `/tmp` on some.
const placesOf = (folder: string): readonly string[] => [folder, realPath(folder) ?? folder];
