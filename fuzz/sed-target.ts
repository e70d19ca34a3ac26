import { judgeSedScript } from "../src/utilities/sed/judge-sed-script.js";
import { oneLiners } from "../test/utilities/sed/one-liners.js";
import { sedScript } from "../test/utilities/sed/random-sed-script.js";
import type { Nest } from "./nest.js";
import { programTarget } from "./program-target.js";
import { tokensOf } from "./seeds.js";
import type { Target } from "./target.js";

export const sedTarget = (nest: Nest): Target =>
  programTarget(
    {
      name: "sed",
      names: ["sed"],
      seeds: oneLiners.flatMap(({ scripts }) => [...scripts, scripts.join("\n")]),
      tokens: tokensOf("sed"),
      suspicious: /secret|made|cat/,
      calls: [[], ["-n"], ["-E"], ["-s"], ["-z"], ["--posix"]].map((options) => ({
        program: ["/usr/bin/sed", ...options, "--"],
        words: (text) => [text, "input.txt"],
      })),
      known: [
        "r secret.txt",
        "R secret.txt",
        "w made.txt",
        "s/a/b/w made.txt",
        "1e cat secret.txt",
        "s/.*/cat secret.txt/e",
      ],
      judge: judgeSedScript,
    },
    nest,
    sedScript,
  );
