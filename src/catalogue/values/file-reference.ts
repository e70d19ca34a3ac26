/** Whether the CLI replaces this text by what a file holds. The prefixes are matched exactly: `File://` and ` file://` are text. */
export const isFileReference = (text: string): boolean => text.startsWith("file://") || text.startsWith("fileb://");

/** The prefix of a reference, empty where there is none, and the path after it. */
export const splitReference = (text: string): { readonly prefix: string; readonly path: string } => {
  const [prefix = ""] = /^fileb?:\/\//.exec(text) ?? [];
  return { prefix, path: text.slice(prefix.length) };
};
