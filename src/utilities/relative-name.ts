/**
 * The word for what is listed, an absolute path of the workspace: relative, so that no output shows where the workspace
 * lies. A `./` stays, since it is seen in what is printed and patterns match against it.
 */
export const folderName = (text: string, path: string, workspace: string): string => {
  const name = nameBelow(path, workspace);
  return text.startsWith("./") && name !== "." ? `./${name}` : plainName(name);
};

/** The word for a file that is made: relative to the folder of the stage, which stands for the workspace. */
export const outputName = (path: string, workspace: string): string => plainName(nameBelow(path, workspace));

const nameBelow = (path: string, workspace: string): string => {
  const root = workspace.replace(/\/+$/, "");
  return path === root ? "." : path.slice(root.length + 1);
};

// A name that begins with one of these could be an option, or the beginning of an expression.
const plainName = (name: string): string => (/^[-(),!]/.test(name) ? `./${name}` : name);
