import type { Checked } from "../check.js";

/** The exit status that says a verdict. */
export const exitOfVerdict = (verdict: Checked["verdict"]): number => {
  switch (verdict) {
    case "allow":
      return 0;
    case "problem":
      return 2;
    case "ask":
      return 3;
    case "deny":
      return 4;
  }
};
