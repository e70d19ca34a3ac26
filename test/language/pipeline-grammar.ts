import { readFileSync } from "node:fs";
import { type Node, readGrammar } from "./ebnf.js";
import { isSentence } from "./recognise.js";

const source = readFileSync(new URL("../../grammar/pipeline.ebnf", import.meta.url), "utf8");

export const pipelineGrammar = readGrammar(source);

/** The same with rules more: what may follow the first word of the only command, and pipelines without redirections. */
export const partsGrammar = readGrammar(`${source}
  arguments = { gap , argument } , tail ;
  pipes = lead , plaincommand , [ gap ] , "|" , lead , plaincommand , { [ gap ] , "|" , lead , plaincommand } , tail ;
  plaincommand = program , { gap , word } ;`);

const TEXT: Node = { kind: "rule", name: "text" };

/** What the grammar says of a text, without any of the parser's code. */
export const grammarAccepts = (text: string): boolean => isSentence(pipelineGrammar, TEXT, text);
