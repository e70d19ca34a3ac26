import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";

/** A file as it was read: its name is only for messages. */
export type TextFile = { readonly name: string; readonly text: string };

/** Says where something stands: `security/effects.yaml:12`. */
export type Where = (path: readonly PropertyKey[]) => string;

export type ReadYaml<T> =
  | { readonly ok: true; readonly value: T; readonly where: Where }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads YAML by a schema; each problem names file and line. */
export const readYaml = <T extends z.ZodType>(file: TextFile, schema: T): ReadYaml<z.output<T>> => {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true });
  const at = (offset: number): string => `${file.name}:${lines.linePos(offset).line}`;
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) return { ok: false, problems: faults.map((fault) => `${at(fault.pos[0])}: ${fault.code}`) };
  const where: Where = (path) => {
    // The nearest that exists: a missing key has no place of its own.
    for (let length = path.length; length > 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return `${file.name}:1`;
  };
  const read = schema.safeParse(document.toJS());
  return read.success
    ? { ok: true, value: read.data, where }
    : {
        ok: false,
        problems: read.error.issues.map(
          (issue) => `${where(issue.path)}: \`${issue.path.join(".")}\`: ${issue.message}`,
        ),
      };
};
