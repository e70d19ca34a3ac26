import * as fc from "fast-check";
import type { Grammar, Node } from "./ebnf.js";
import { isSentence } from "./recognise.js";

/** Sentences of a rule. Each choice is a number of the tape, and an empty tape means the shortest way out. */
export const sentences = (grammar: Grammar, start: string, length = 300): fc.Arbitrary<string> =>
  fc
    .array(fc.nat(0xffff), { minLength: 1, maxLength: length, size: "max" })
    .map((tape) => new Writing(grammar, tape).write({ kind: "rule", name: start }));

/** Characters that are worth more than their share of Unicode. */
const FAVOURITES = Array.from("\\\\\n\n\t   ##$$$''\"\"``||&;<>()=+*?[]{}~!^%,:@-./_abifdo019xyz-.é\u00a0\u3000漢😀ā");

/** Rules inside rules, below which only the shortest way out is taken. */
const DEEPEST = 120;

class Writing {
  readonly #grammar: Grammar;
  readonly #tape: readonly number[];
  #at = 0;
  #nudge = 0;
  #depth = 0;

  constructor(grammar: Grammar, tape: readonly number[]) {
    this.#grammar = grammar;
    this.#tape = tape;
  }

  write(node: Node): string {
    switch (node.kind) {
      case "range":
        return this.#character(node.from, node.to);
      case "rule":
        return this.#writeRule(node.name);
      case "sequence":
        return node.nodes.map((each) => this.write(each)).join("");
      case "any":
        return this.#any(node);
      case "repeat":
        return this.#repeat(node.node, node.most);
      case "without":
        return this.#without(node.node, node.exception);
    }
  }

  #writeRule(name: string): string {
    this.#depth++;
    const text = this.write(this.#rule(name));
    this.#depth--;
    return text;
  }

  /** Half the time the first alternative, which a grammar's author puts first for a reason. */
  #any(node: Extract<Node, { kind: "any" }>): string {
    const favourite = FAVOURITES[this.#choose(FAVOURITES.length)] ?? "";
    if (node.nodes.some(isRange) && isSentence(this.#grammar, node, favourite)) return favourite;
    const choice = this.#depth > DEEPEST ? 0 : this.#choose(node.nodes.length * 2);
    return this.write(node.nodes[choice] ?? node.nodes[0] ?? node);
  }

  /** A number below the limit; 0 once the tape is over, and something else whenever that led into an exception. */
  #choose(limit: number): number {
    return ((this.#tape[this.#at++] ?? 0) + this.#nudge) % limit;
  }

  /** Lists go on twice out of three times, options are taken once out of four. */
  #goesOn(most: number): boolean {
    const number = this.#tape[this.#at++] ?? 0;
    return most === 1 ? number % 4 === 1 : number % 3 > 0;
  }

  #rule(name: string): Node {
    const rule = this.#grammar.get(name);
    if (rule === undefined) throw new Error(`the grammar has no rule ${name}`);
    return rule;
  }

  #character(from: number, to: number): string {
    if (from === to) return String.fromCodePoint(from);
    const fitting = FAVOURITES.filter((each) => (each.codePointAt(0) ?? 0) >= from && (each.codePointAt(0) ?? 0) <= to);
    const favourite = fitting[this.#choose(fitting.length + 1)];
    return favourite ?? String.fromCodePoint(from + this.#choose(to - from + 1));
  }

  #repeat(node: Node, most: number): string {
    let text = "";
    for (let turn = 0; turn < most && this.#goesOn(most); turn++) text += this.write(node);
    return text;
  }

  #without(node: Node, exception: Node): string {
    const before = this.#nudge;
    let text = this.write(node);
    while (isSentence(this.#grammar, exception, text)) {
      this.#nudge++;
      text = this.write(node);
    }
    this.#nudge = before;
    return text;
  }
}

const isRange = (node: Node): boolean => node.kind === "range";
