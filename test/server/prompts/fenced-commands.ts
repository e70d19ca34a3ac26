/** A command as a model finds it in a prompt's text, and the comment above it that says what becomes of it here. */
export type FencedCommand = { readonly command: string; readonly mark: string | undefined };

/** Every line between a fence of `sh` and the next fence, comments taken as marks of the line below. */
export const fencedCommands = (text: string): readonly FencedCommand[] =>
  [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, inside = ""]) => {
    const lines = inside.split("\n").filter((line) => line !== "");
    return lines.flatMap((command, index) => {
      if (command.startsWith("#")) return [];
      const above = lines[index - 1];
      return [{ command, mark: above?.startsWith("# ") === true ? above.slice(2) : undefined }];
    });
  });
