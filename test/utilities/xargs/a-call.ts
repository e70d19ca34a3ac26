import type { XargsCall } from "../../../src/utilities/xargs/xargs-call.js";

/** What `xargs` alone means, with what is given in its place. */
export const aCall = (given: Partial<XargsCall> = {}): XargsCall => ({
  separator: { kind: "words" },
  replace: undefined,
  maxItems: undefined,
  maxLines: undefined,
  parallel: 1,
  skipsEmpty: false,
  traces: false,
  command: undefined,
  ...given,
});
