import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type YAMLParseError,
  type YAMLWarning,
} from "yaml";
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
  const at = (offset: number): string => `${file.name}:${lines.linePos(offset).line}`;
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    return { ok: false, problems: faults.map((fault) => `${at(fault.pos[0])}: ${faultText(fault)}`) };
  const unread = firstUnread(document);
  if (unread !== undefined) return { ok: false, problems: [`${at(unread.offset)}: ${unread.problem}`] };
  const where: Where = (path) => {
    // The nearest that exists: a missing key has no place of its own.
    for (let length = path.length; length > 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return `${file.name}:1`;
  };
  const read = schema.safeParse(document.toJS());
  if (read.success) return { ok: true, value: read.data, where };
  const problems = read.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map(
          (key) => `${at(keyOffset(document, issue.path, key))}: ${shown([...issue.path, key])}: ${NO_KEY}`,
        )
      : [`${where(issue.path)}: ${shown(issue.path)}: ${issue.message}`],
  );
  return { ok: false, problems };
};

type Document = ReturnType<typeof parseDocument>;

const NO_ALIASES = "aliases (`*name`) are not read; write the value out";
const NO_KEY = "there is no such key here";

const FAULTS: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: "a backslash in double quotes must be doubled, or write the text in single quotes",
  DUPLICATE_KEY: "the key stands twice",
  MULTIPLE_DOCS: "a second document begins here; the file holds one",
  RESOURCE_EXHAUSTION: "it nests too deep",
};

const faultText = ({ code, message }: YAMLParseError | YAMLWarning): string => `${FAULTS[code] ?? message} (${code})`;

// Aliases make a small file large, and what stands behind one has its line elsewhere; schemas pass over a key `__proto__`.
const firstUnread = (document: Document): { readonly offset: number; readonly problem: string } | undefined => {
  let found: { readonly offset: number; readonly problem: string } | undefined;
  visit(document, {
    Alias: (_, node) => {
      found = { offset: node.range?.[0] ?? 0, problem: NO_ALIASES };
      return visit.BREAK;
    },
    Scalar: (key, node) => {
      if (key !== "key" || node.value !== "__proto__") return undefined;
      found = { offset: node.range?.[0] ?? 0, problem: `\`__proto__\`: ${NO_KEY}` };
      return visit.BREAK;
    },
  });
  return found;
};

const keyOffset = (document: Document, path: readonly PropertyKey[], name: string): number => {
  const map: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && String(key.value) === name) : undefined;
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
};

const shown = (path: readonly PropertyKey[]): string => (path.length === 0 ? "the file" : `\`${path.join(".")}\``);
