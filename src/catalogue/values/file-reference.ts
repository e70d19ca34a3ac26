/** Whether the CLI replaces this text by what a file holds. The prefixes are matched exactly: `File://` and ` file://` are text. */
export const isFileReference = (text: string): boolean => text.startsWith("file://") || text.startsWith("fileb://");
