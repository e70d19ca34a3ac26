import { readFileSync } from "node:fs";
import { type Node, readGrammar } from "./ebnf.js";
import { isSentence } from "./recognise.js";

const source = readFileSync(new URL("../../grammar/pipeline.ebnf", import.meta.url), "utf8");

export const pipelineGrammar = readGrammar(source);

/** The same with one rule more, for what may follow the first word of the only command. */
export const argumentsGrammar = readGrammar(`${source} arguments = { gap , word } , tail ;`);

const TEXT: Node = { kind: "rule", name: "text" };

/** What the grammar says of a text, without any of the parser's code. */
export const grammarAccepts = (text: string): boolean => isSentence(pipelineGrammar, TEXT, text);
