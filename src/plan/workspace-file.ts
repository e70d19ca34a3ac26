import { err, ok, type Result } from "../language/result.js";

export type FileProblem = {
  readonly code: "file-outside-workspace" | "bad-file-name" | "glob";
  readonly message: string;
  readonly hint: string;
};

/** Standard input, or an absolute path that lies below the workspace as text; links are looked at when it is opened. */
export type FileReference = { readonly kind: "stdin" } | { readonly kind: "file"; readonly path: string };

const STDIN = new Set(["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);
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
export const readOutputOperand = (text: string, workspace: string): Result<string, FileProblem> =>
  STDIN.has(text) || text === "/dev/stdout"
    ? problem("bad-file-name", `\`${text}\` names no file of the workspace`)
    : pathBelow(text, workspace);

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
