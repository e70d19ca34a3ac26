/** A text as code in Markdown, whatever it holds: the fence is longer than any run of backticks inside (CommonMark 6.1). */
export const codeSpan = (text: string): string => {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  const pad = /^`|`$|^ .* $/.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
};
