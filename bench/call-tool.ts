import type { Connection } from "./connect.js";

export type ToolAnswer = {
  readonly isError: boolean;
  /** The text content, as a model reads it. */
  readonly text: string;
  /** The same as data, as a program reads it. */
  readonly data: Readonly<Record<string, unknown>>;
};

export async function callTool(
  { client }: Connection,
  name: string,
  args: Readonly<Record<string, unknown>>,
): Promise<ToolAnswer> {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: { ...args } });
  const text = content.map((block) => (block.type === "text" ? block.text : `[${block.type}]`)).join("\n");
  // The output schemas of both tools are objects.
  const data = (structuredContent ?? {}) as ToolAnswer["data"];
  return { isError: isError === true, text, data };
}
