/** Whether a statement is one query that only reads. What cannot be taken apart is not. */
export const isOneSelect = (statement: string): boolean => {
  const text = (statement.match(TOKENS) ?? []).map(withoutText).join("").trim().replace(/;$/, "").trimEnd();
  if (/["'`;]|\/\*/.test(text)) return false;
  if (/^(?:select|show|describe)\b/i.test(text)) return !CHANGES.test(text);
  return /^with\b/i.test(text) && !CHANGES.test(text);
};

const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n\r]*|\/\*[\s\S]*?\*\/|[\s\S]/g;

const withoutText = (token: string): string => {
  if (token.startsWith("--") || (token.startsWith("/*") && token.length > 2)) return " ";
  return token.length > 1 ? "x" : token;
};

const CHANGES =
  /\b(?:insert|update|delete|merge|replace|create|drop|alter|truncate|unload|into|grant|revoke|call|execute)\b/i;
