import { judgeJqProgram } from "../src/utilities/jq/judge-jq-program.js";
import { jqProgram } from "../test/utilities/jq/random-program.js";
import type { Nest } from "./nest.js";
import { programTarget } from "./program-target.js";
import { tokensOf } from "./seeds.js";
import type { Target } from "./target.js";

export const jqTarget = (nest: Nest): Target =>
  programTarget(
    {
      name: "jq",
      names: ["jq"],
      tokens: tokensOf("jq"),
      suspicious: /env|\$ENV|import|include|meta|::|origin|search_list|filename/i,
      calls: [{ program: ["/usr/bin/jq", "-c"], words: (text) => [` ${text}`, "input.json"] }],
      known: ["env", "$ENV.CANARY", 'import "d" as $d; $d', 'include "m"; canary', 'import "m" as m; m::canary'],
      judge: judgeJqProgram,
    },
    nest,
    jqProgram,
  );
