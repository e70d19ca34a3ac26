import { err, ok, type Result } from "../language/result.js";

export type FileProblem = {
  readonly code: "file-outside-workspace" | "bad-file-name" | "glob" | "reserved-folder";
  readonly message: string;
  readonly hint: string;
};

/** Standard input, or an absolute path that lies below the workspace as text; links are looked at when it is opened. */
export type FileReference = { readonly kind: "stdin" } | { readonly kind: "file"; readonly path: string };

const STDIN = new Set(["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);

/** The folder of the workspace in which the server keeps output that is too long for an answer; commands only read there. */
export const RESULT_FOLDER = "@result";

/** The folder in that one in which the server writes down what the results are; commands can neither name it nor read in it. */
export const RECORD_FOLDER = ".records";

const HINT = "name a file inside the workspace, such as `notes.txt`, or leave the name out to read the pipe";

/**
 * Reads a file operand. A path is never normalised over `..`, since a link could make that a different file; and `*` and
 * `?` in one are no pattern, since nothing here looks for the names that it would mean.
 *
 * Problems: `file-outside-workspace`, `bad-file-name`, `glob`.
 */
export const readFileOperand = (text: string, workspace: string): Result<FileReference, FileProblem> => {
  if (STDIN.has(text)) return ok({ kind: "stdin" });
  const path = pathBelow(text, workspace);
  return path.ok ? ok({ kind: "file", path: path.value }) : path;
};

/** Reads the name of a file or a folder of the workspace, `.` being the workspace itself; gives an absolute path. */
export const readFolderOperand = (text: string, workspace: string): Result<string, FileProblem> => {
  const root = withoutSlashes(workspace);
  const name = withoutSlashes(text);
  const isRoot =
    name === root || (name.startsWith(".") && name.split("/").every((part) => part === "." || part === ""));
  return isRoot ? ok(root) : pathBelow(name || text, workspace);
};

// A regular expression would look at each slash of a long row of them again and again.
const withoutSlashes = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
};

/** Reads the name of a file that is made; gives an absolute path. What would be standard input or output is no file. */
export const readOutputOperand = (text: string, workspace: string): Result<string, FileProblem> => {
  if (STDIN.has(text) || text === "/dev/stdout")
    return problem("bad-file-name", `\`${text}\` names no file of the workspace`);
  const path = pathBelow(text, workspace);
  const reserved = path.ok ? reservedProblem(text, path.value, workspace) : undefined;
  return reserved === undefined ? path : err(reserved);
};

/**
 * Why a command may not make, replace or remove a path: it is the folder of kept results or lies in it, so that everything
 * in there is what it claims to be.
 *
 * @param text the path as the user wrote it
 * @param path the same as one of the readers above gave it
 */
export const reservedProblem = (text: string, path: string, workspace: string): FileProblem | undefined => {
  const [first = ""] = path.slice(withoutSlashes(workspace).length + 1).split("/", 1);
  if (!isResultFolder(first)) return undefined;
  return {
    code: "reserved-folder",
    message: `\`${text}\` lies where the server keeps results, and commands only read there`,
    hint: "name a file elsewhere in the workspace, such as `notes.txt`",
  };
};

/**
 * Whether a name directly below the workspace stands for the folder of kept results. Some file systems take names for one
 * that differ in case, in how their characters are composed, or in characters that nobody sees.
 */
export const isResultFolder = (name: string): boolean => folded(name) === folded(RESULT_FOLDER);

const folded = (name: string): string =>
  name
    .replace(/\p{DI}/gu, "")
    .normalize("NFKC")
    .toUpperCase();

const pathBelow = (text: string, workspace: string): Result<string, FileProblem> => {
  const root = `${workspace.replace(/\/+$/, "")}/`;
  if (text.startsWith("/") && !text.startsWith(root)) {
    return problem("file-outside-workspace", `the file \`${text}\` lies outside the workspace`);
  }
  const names = (text.startsWith("/") ? text.slice(root.length) : text)
    .split("/")
    .filter((name) => name !== "." && name !== "");
  const wrong = wrongName(text, names);
  return wrong ?? ok(root + names.join("/"));
};

const wrongName = (text: string, names: readonly string[]) => {
  if (text === "") return problem("bad-file-name", "an empty word is not a file name");
  if (text.includes("\0")) return problem("bad-file-name", "a file name cannot hold a NUL character");
  if (names.includes("..")) return problem("file-outside-workspace", `the file \`${text}\` climbs with \`..\``);
  if (text.startsWith("~"))
    return problem("file-outside-workspace", `\`~\` is not expanded, so \`${text}\` names no file`);
  if (names.some(isPattern)) return err(pattern(text, names));
  if (names.some((name) => name.startsWith("."))) {
    return problem("bad-file-name", `the name \`${text}\` holds a part that begins with a dot`);
  }
  if (names.length === 0 || /\/\.?$/.test(text)) return problem("bad-file-name", `\`${text}\` names a directory`);
  return undefined;
};

const problem = (code: FileProblem["code"], message: string) => err<FileProblem>({ code, message, hint: HINT });

const isPattern = (name: string): boolean => /[*?]/.test(name);

const pattern = (text: string, names: readonly string[]): FileProblem => {
  const wanted = names.findLast(isPattern) ?? "";
  return {
    code: "glob",
    message: `\`${text}\` is a pattern, and none is replaced by the names of files that fit it`,
    hint: `list them with \`find . -name '${wanted.includes("'") ? "*" : wanted}'\`, then name each file`,
  };
};
