import { createHash } from "node:crypto";
import type { Finding, Target } from "./target.js";

/** A line in the form of `security/attacks`, to be pasted there once it is understood. */
export const corpusLine = (target: Target, { text, because }: Finding): string =>
  JSON.stringify({
    id: `fuzz-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`,
    class: `fuzz: ${target.name} ${because}`,
    command: target.command(text),
    expect: "deny",
  });
