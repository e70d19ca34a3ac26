import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { err, ok, type Result } from "../language/result.js";
import {
  type AliasFile,
  aliasSchema,
  type RefusedFile,
  refusedSchema,
  type UtilityFile,
  utilitySchema,
} from "./grammar-schema.js";

/** A YAML file as text; reading it from disk is the caller's. */
export type GrammarSource = { readonly file: string; readonly text: string };

export type GrammarProblem = { readonly file: string; readonly line: number; readonly message: string };

type Place = readonly PropertyKey[];

export type ParsedFile = { readonly file: string; readonly lineOf: (place: Place) => number } & (
  | { readonly kind: "utility"; readonly spec: UtilityFile }
  | { readonly kind: "alias"; readonly spec: AliasFile }
  | { readonly kind: "refused"; readonly spec: RefusedFile }
);

type Parsed = Result<ParsedFile, readonly GrammarProblem[]>;
type Document = ReturnType<typeof parseDocument>;

/** Reads one file of `grammar/utilities`; each problem names its line. */
export const parseGrammarFile = ({ file, text }: GrammarSource): Parsed => {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true, strict: true });
  const syntax = [...document.errors, ...document.warnings];
  if (syntax.length > 0)
    return err(syntax.map((error) => ({ file, line: counter.linePos(error.pos[0]).line, message: error.message })));
  const lineOf = (place: Place) => counter.linePos(offsetOf(document, place)).line;
  const spec: unknown = document.toJS();
  const base = { file, lineOf };
  if (has(spec, "refused"))
    return checked(base, refusedSchema.safeParse(spec), (value) => ({ ...base, kind: "refused", spec: value }));
  if (has(spec, "runs"))
    return checked(base, aliasSchema.safeParse(spec), (value) => ({ ...base, kind: "alias", spec: value }));
  return checked(base, utilitySchema.safeParse(spec), (value) => ({ ...base, kind: "utility", spec: value }));
};

const has = (spec: unknown, key: string): boolean =>
  typeof spec === "object" && spec !== null && Object.hasOwn(spec, key);

const checked = <T>(
  base: { readonly file: string; readonly lineOf: (place: Place) => number },
  parsed: z.ZodSafeParseResult<T>,
  wrap: (value: T) => ParsedFile,
): Parsed => {
  if (parsed.success) return ok(wrap(parsed.data));
  return err(
    parsed.error.issues.flatMap((issue) =>
      placed(issue).map(({ place, message }) => ({ file: base.file, line: base.lineOf(place), message })),
    ),
  );
};

const placed = (issue: z.core.$ZodIssue): readonly { readonly place: Place; readonly message: string }[] => {
  if (issue.code !== "unrecognized_keys")
    return [{ place: issue.path, message: `${issue.path.join(".")}: ${issue.message}` }];
  return issue.keys.map((key) => ({ place: [...issue.path, key], message: `unknown key \`${key}\`` }));
};

/** Where the deepest existing part of `place` begins; a key rather than its value, so that a missing value has a line too. */
const offsetOf = (document: Document, place: Place): number => {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of place) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
    if (pair && isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
    // A step is a key or an index of this document: zod took it from the same data.
    node = pair ? pair.value : hasItems(node) ? node.items[Number(step)] : undefined;
    if (!pair) offset = rangeStart(node) ?? offset;
  }
  return offset;
};

const hasItems = (node: unknown): node is { readonly items: readonly unknown[] } =>
  typeof node === "object" && node !== null && "items" in node && Array.isArray(node.items);

const rangeStart = (node: unknown): number | undefined =>
  typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : undefined;
