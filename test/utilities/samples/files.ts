/** What `a.txt` holds, and what a utility reads from its standard input where its sample says nothing else. */
export const TEXT = "b 2 x\na 10 y\na 10 y\n\nC,3,z:1\tq\n  10K é\nB 1 x y\n";
/** What `a.json` holds. */
export const JSONS = '{"a":1,"b":[1,"x\\u00e9",null]}\n[3,{"a":"t"}]\n"s"\n';
