import type { Grammar, Node } from "./ebnf.js";

/** Whether a text is a sentence of a node: every way through the grammar at once, without preferences. */
export const isSentence = (grammar: Grammar, root: Node, text: string): boolean => {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return new Reading(grammar, codes).ends(root, 0).has(codes.length);
};

class Reading {
  readonly #grammar: Grammar;
  readonly #codes: readonly number[];
  readonly #known = new Map<Node, (ReadonlySet<number> | undefined)[]>();

  constructor(grammar: Grammar, codes: readonly number[]) {
    this.#grammar = grammar;
    this.#codes = codes;
  }

  /** Where the strings end that begin at a place and match a node. */
  ends(node: Node, at: number): ReadonlySet<number> {
    if (node.kind === "range") return this.#range(node.from, node.to, at);
    let known = this.#known.get(node);
    if (known === undefined) {
      known = [];
      this.#known.set(node, known);
    }
    const ends = known[at] ?? this.#compute(node, at);
    known[at] = ends;
    return ends;
  }

  #range(from: number, to: number, at: number): ReadonlySet<number> {
    const code = this.#codes[at];
    return code !== undefined && code >= from && code <= to ? new Set([at + 1]) : NONE;
  }

  #compute(node: Exclude<Node, { kind: "range" }>, at: number): ReadonlySet<number> {
    switch (node.kind) {
      case "rule":
        return this.ends(this.#rule(node.name), at);
      case "any":
        return new Set(node.nodes.flatMap((each) => [...this.ends(each, at)]));
      case "sequence":
        return this.#sequence(node.nodes, at);
      case "without":
        return this.#without(node.node, node.exception, at);
      case "repeat":
        return this.#repeat(node.node, node.most, at);
    }
  }

  #rule(name: string): Node {
    const rule = this.#grammar.get(name);
    if (rule === undefined) throw new Error(`the grammar has no rule ${name}`);
    return rule;
  }

  #sequence(nodes: readonly Node[], at: number): ReadonlySet<number> {
    let places: ReadonlySet<number> = new Set([at]);
    for (const node of nodes) {
      const next = new Set<number>();
      for (const place of places) for (const end of this.ends(node, place)) next.add(end);
      if (next.size === 0) return NONE;
      places = next;
    }
    return places;
  }

  #without(node: Node, exception: Node, at: number): ReadonlySet<number> {
    const ends = this.ends(node, at);
    if (ends.size === 0) return ends;
    const excepted = this.ends(exception, at);
    return new Set([...ends].filter((end) => !excepted.has(end)));
  }

  #repeat(node: Node, most: number, at: number): ReadonlySet<number> {
    const ends = new Set([at]);
    let fresh: ReadonlySet<number> = ends;
    for (let turn = 0; turn < most && fresh.size > 0; turn++) {
      const next = new Set<number>();
      for (const place of fresh) for (const end of this.ends(node, place)) if (!ends.has(end)) next.add(end);
      for (const end of next) ends.add(end);
      fresh = next;
    }
    return ends;
  }
}

const NONE: ReadonlySet<number> = new Set();
