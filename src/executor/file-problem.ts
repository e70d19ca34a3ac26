import type { Reason } from "./prepare-stage.js";

/** Why a file cannot be used. Files are shown by their names below the workspace; the workspace itself is `.`. */

export const missingFile = (name: string): Reason => ({
  code: "file-missing",
  message: `there is no file \`${shown(name)}\` in the workspace`,
  hint: "pipe the data in, or name a file that an earlier call has left in the workspace",
});

export const outsideFile = (name: string): Reason => ({
  code: "file-outside",
  message: `\`${shown(name)}\` leads out of the workspace`,
  hint: "name a plain file of the workspace; links are not followed",
});

export const notAFile = (name: string): Reason => ({
  code: "file-not-regular",
  message: `\`${shown(name)}\` is not a regular file`,
  hint: "name a plain file of the workspace",
});

export const isAFolder = (name: string): Reason => ({
  code: "file-not-regular",
  message: `\`${shown(name)}\` is a folder`,
  hint: "end it with a slash, as in `reports/`, to write into it; `aws s3 cp` and `s3 rm` take `--recursive` for folders",
});

export const notAFolder = (name: string): Reason => ({
  code: "file-not-regular",
  message: `\`${shown(name)}\` is not a folder`,
  hint: "name a folder of the workspace, or a new one",
});

export const severalNames = (name: string): Reason => ({
  code: "file-not-regular",
  message: `\`${shown(name)}\` is a file with several names`,
  hint: "copy it to a file of one name; a hard link may lead out of the workspace",
});

export const dotName = (name: string): Reason => ({
  code: "file-not-regular",
  message: `\`${shown(name)}\` begins with a dot, and such names do not leave the workspace`,
  hint: "name the files one by one, or a folder without such names",
});

export const dotOutput = (name: string): Reason => ({
  code: "file-not-regular",
  message: `\`${shown(name)}\` begins with a dot, and such names do not come into the workspace`,
  hint: "give it another name",
});

export const reservedOutput = (name: string): Reason => ({
  code: "reserved-folder",
  message: `\`${shown(name)}\` lies where the server keeps results, and nothing comes in there`,
  hint: "give it another name",
});

export const changedFile = (name: string): Reason => ({
  code: "file-changed",
  message: `\`${shown(name)}\` has changed since it was copied`,
  hint: "call again",
});

export const notPlainTree = (name: string): Reason => ({
  code: "file-not-regular",
  message: `\`${shown(name)}\` is a link, a device or a file with several names`,
  hint: "remove it from the folder; only plain files are transferred together",
});

export const largeText = (name: string, bytes: number, most: number): Reason => ({
  code: "file-too-large",
  message: `\`${shown(name)}\` has ${bytes} bytes; at most ${most} are taken as text`,
  hint: "name a smaller file",
});

export const largeFile = (name: string, bytes: number, most: number): Reason => ({
  code: "file-too-large",
  message: `\`${shown(name)}\` has ${bytes} bytes; at most ${most} are taken`,
  hint: "split the file",
});

export const largeFolder = (name: string, words: string): Reason => ({
  code: "file-too-large",
  message: `the folder \`${shown(name)}\` has more than ${words}`,
  hint: "transfer its parts one by one",
});

export const notText = (name: string): Reason => ({
  code: "file-not-text",
  message: `\`${shown(name)}\` is not text in UTF-8`,
  hint: "save it as UTF-8, or name it with `fileb://` where the parameter takes bytes",
});

export const cancelledCopy = (): Reason => ({
  code: "cancelled",
  message: "the call was cancelled while its files were copied",
  hint: "call again",
});

/** What the file system says of a file that is there, in our words. An error of our own goes on. */
export const fileSystemReason = (cause: unknown, name: string): Reason => {
  switch (errorCode(cause)) {
    case "ENOENT":
    case "ENOTDIR":
    case "ENAMETOOLONG":
      return missingFile(name);
    case "ELOOP":
      return outsideFile(name);
    case "ENXIO":
    case "ENODEV":
      return notAFile(name);
    case "EACCES":
    case "EPERM":
      return unreadableFile(name);
    default:
      return uncopiedFile(cause, name);
  }
};

/** Why a file that could be read could not be copied. An error of our own goes on. */
export const uncopiedFile = (cause: unknown, name: string): Reason => ({
  code: "file-uncopied",
  message: `\`${shown(name)}\` could not be copied: ${words(cause)}`,
  hint: "try again, or ask the operator to look after the server's disk",
});

/** The file system's own name of an error; any other error is thrown on. */
export const errorCode = (cause: unknown): string => {
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  throw cause;
};

const unreadableFile = (name: string): Reason => ({
  code: "file-unreadable",
  message: `the server may not read \`${shown(name)}\``,
  hint: "name a plain file of the workspace",
});

const words = (cause: unknown): string => {
  const code = errorCode(cause);
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "no space is left on the server's disk";
    case "EMFILE":
    case "ENFILE":
      return "the server has too many files open";
    default:
      return `the file system says ${code}`;
  }
};

const shown = (name: string): string => (name === "" ? "." : name);
