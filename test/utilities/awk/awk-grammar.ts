import { readFileSync } from "node:fs";
import type * as fc from "fast-check";
import { readGrammar } from "../../language/ebnf.js";
import { sentences } from "../../language/sentence.js";

const source = readFileSync(new URL("../../../grammar/awk-program.ebnf", import.meta.url), "utf8");

export const awkRules = source.replace(/\s+/g, " ");

/** The grammar with some of its rules written anew. */
const grammarWith = (rules: Readonly<Record<string, string>>) => {
  const rewritten = Object.entries(rules).reduce((text, [name, rule]) => {
    const old = new RegExp(`^${name} += [^;]*(?:';'[^;]*)*;\\n`, "m");
    if (!old.test(text)) throw new Error(`the grammar has no rule ${name}`);
    return text.replace(old, () => `${name} = ${rule} ;\n`);
  }, source);
  return readGrammar(rewritten);
};

/** What is looked at beyond the grammar, made into rules that leave out what could go wrong: one function, no `<`, no `>`, no jumps but `exit`. */
const sound = grammarWith({
  program: "lines , [ function ] , { item } , ( item | range , [ comment ] )",
  item: "[ pattern ] , block , [ ';' ] , lines | range , stop",
  pattern: '( "BEGIN" | "END" ) , gap | range',
  function: "\"function\" , join , gap , \"Twice\" , gap , '(' , [ parameters ] , ')' , lines , block",
  parameters: '"Px" , gap , [ comma , "Py" , gap ]',
  call: '"toupper" , "(" , expression , \')\'',
  jump: '"exit" , join , gap , [ expression ]',
  primary:
    'place , [ ( "++" | "--" ) , gap ] | ( number | string ) , gap | "(" , gap , expression , \')\' | call | builtin',
  compare: 'joined , [ ( "==" | "!=" | "<=" | ">=" ) , gap , joined ]',
  // What compares behind a value belongs to it.
  joined:
    "operand , { operator , join , gap , operand | join , primary } | place , assign , gap , joined | { '!' } , ( regex , gap | getline )",
  two: '"atan" , "2" | "gsub" | "lshift" | "match" | "patsplit" | "rshift" | "split" | "sub" | "substr"',
});

/** Programs of the grammar that keep to what is looked at beyond it. */
export const soundProgram = (length?: number): fc.Arbitrary<string> => sentences(sound, "program", length);
