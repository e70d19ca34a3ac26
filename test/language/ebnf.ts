/** ISO/IEC 14977 as far as `grammar/pipeline.ebnf` uses it; its head says what single quotes mean. */
export type Node =
  | { readonly kind: "any"; readonly nodes: readonly Node[] }
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | { readonly kind: "without"; readonly node: Node; readonly exception: Node }
  | { readonly kind: "repeat"; readonly node: Node; readonly most: number }
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "rule"; readonly name: string };

export type Grammar = ReadonlyMap<string, Node>;

const TOKEN =
  /\s+|\(\*[\s\S]*?\*\)|"[^"]*"|'[^']*'|\?\s*U\+[0-9A-F]+(?:\.\.U\+[0-9A-F]+)?\s*\?|[a-z]+|\d+|[=;,|(){}[\]*-]/gy;

export const readGrammar = (source: string): Grammar => {
  const tokens = tokenize(source);
  const rules = new Map<string, Node>();
  while (tokens.length > 0) {
    const name = take(tokens);
    if (rules.has(name)) throw new Error(`two rules are named ${name}`);
    expect(tokens, "=");
    rules.set(name, readAny(tokens));
    expect(tokens, ";");
  }
  return rules;
};

const tokenize = (source: string): string[] => {
  const tokens = source.match(TOKEN) ?? [];
  if (tokens.join("") !== source)
    throw new Error(`the grammar has something unknown after ${tokens.join("").slice(-40)}`);
  return tokens.filter((token) => !/^(\s|\(\*)/.test(token));
};

const take = (tokens: string[]): string => {
  const token = tokens.shift();
  if (token === undefined) throw new Error("the grammar ends too early");
  return token;
};

const expect = (tokens: string[], wanted: string): void => {
  const token = take(tokens);
  if (token !== wanted) throw new Error(`expected ${wanted} but found ${token} ${tokens.slice(0, 5).join(" ")}`);
};

const readAny = (tokens: string[]): Node => {
  const nodes = [readSequence(tokens)];
  while (tokens[0] === "|") {
    tokens.shift();
    nodes.push(readSequence(tokens));
  }
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: "any", nodes };
};

const readSequence = (tokens: string[]): Node => {
  const nodes = [readTerm(tokens)];
  while (tokens[0] === ",") {
    tokens.shift();
    nodes.push(readTerm(tokens));
  }
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: "sequence", nodes };
};

const readTerm = (tokens: string[]): Node => {
  const node = readFactor(tokens);
  if (tokens[0] !== "-") return node;
  tokens.shift();
  return { kind: "without", node, exception: readFactor(tokens) };
};

const readFactor = (tokens: string[]): Node => {
  const token = take(tokens);
  if (/^\d/.test(token)) {
    expect(tokens, "*");
    return times(Number(token), readFactor(tokens));
  }
  if (token === "(") return closed(tokens, ")");
  if (token === "[") return { kind: "repeat", node: closed(tokens, "]"), most: 1 };
  if (token === "{") return { kind: "repeat", node: closed(tokens, "}"), most: Number.POSITIVE_INFINITY };
  if (token.startsWith("?")) return readRange(token);
  if (token.startsWith('"')) return { kind: "sequence", nodes: characters(token) };
  if (token.startsWith("'")) return { kind: "sequence", nodes: characters(token).flatMap((node) => [node, JOINS]) };
  return { kind: "rule", name: token };
};

/** `31 * [ x ]` is up to 31 times x, anything else exactly that many. */
const times = (count: number, node: Node): Node =>
  node.kind === "repeat" && node.most === 1
    ? { ...node, most: count }
    : { kind: "sequence", nodes: Array.from({ length: count }, () => node) };

const closed = (tokens: string[], close: string): Node => {
  const node = readAny(tokens);
  expect(tokens, close);
  return node;
};

const JOINS: Node = { kind: "repeat", node: { kind: "rule", name: "join" }, most: Number.POSITIVE_INFINITY };

const characters = (token: string): Node[] =>
  Array.from(token.slice(1, -1), (character) => one(character.codePointAt(0) ?? 0));

const one = (code: number): Node => ({ kind: "range", from: code, to: code });

const readRange = (token: string): Node => {
  const [from = 0, to = from] = (token.match(/[0-9A-F]+(?=[.\s?])/g) ?? []).map((digits) =>
    Number.parseInt(digits, 16),
  );
  return { kind: "range", from, to };
};
