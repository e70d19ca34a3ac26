import { judgeAwkProgram } from "../src/utilities/awk/judge-awk-program.js";
import type { Nest } from "./nest.js";
import { programTarget } from "./program-target.js";
import { tokensOf } from "./seeds.js";
import type { Target } from "./target.js";

export const awkTarget = (nest: Nest): Target =>
  programTarget(
    {
      name: "awk",
      names: ["awk", "gawk", "mawk"],
      tokens: tokensOf("awk"),
      suspicious: /secret|made|CANARY|[A-Z]{5}|getline|@|system|\|/,
      calls: [{ program: ["/usr/bin/gawk", "--"], words: (text) => [text, "input.txt"] }],
      known: [
        'BEGIN { while ((getline line < "secret.txt") > 0) print line }',
        'BEGIN { system("cat secret.txt") }',
        'BEGIN { "cat secret.txt" | getline x; print x }',
        'BEGIN { print ENVIRON["CANARY"] }',
        'BEGIN { print "x" > "made.txt" }',
        'BEGIN { print "x" | "cat > made.txt" }',
        'BEGIN { ARGV[1] = "secret.txt" } { print }',
        '@include "m.awk"\nBEGIN { print canary() }',
      ],
      judge: judgeAwkProgram,
    },
    nest,
  );
