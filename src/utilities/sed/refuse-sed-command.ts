import { type SedPlace, type SedProblem, sedProblem } from "./sed-problem.js";

/** `e`, and the flag `e` of `s`. */
export const runsProgram = (place: SedPlace): SedProblem =>
  sedProblem(
    "sed-runs-command",
    place,
    "runs a program",
    "leave it out; a program is a stage of its own, joined by `|`, and `s` without the flag changes text: `sed 's/a/b/g'`",
  );

/** `r`, `R` */
export const readsFile = (place: SedPlace): SedProblem =>
  sedProblem(
    "sed-reads-file",
    place,
    "reads a file",
    "put text in with `a`, as in `sed '1a text'`, or give the files in their order as operands, as in `cat head.txt body.txt`",
  );

/** `w`, `W`, and the flag `w` of `s`. */
export const writesFile = (place: SedPlace): SedProblem =>
  sedProblem(
    "sed-writes-file",
    place,
    "writes a file",
    "print instead, as in `sed -n '/a/p'` or `sed -n 's/a/b/p'`: the output of the last stage is the answer",
  );

/** `F` */
export const namesFile = (place: SedPlace): SedProblem =>
  sedProblem(
    "sed-names-file",
    place,
    "prints the name of the input file on this machine",
    "leave it out, and make one call for each file",
  );
