/** How a run ended, as much as the status of xargs depends on it; an `Exit` is one. */
export type RunEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled" }
  /** `reason`: the name of an error, such as `ENOENT` */
  | { readonly kind: "not-started"; readonly reason: string };

/** The exit status of xargs itself (GNU findutils, "Invoking xargs"). */
export type XargsStatus = 0 | 123 | 124 | 125 | 126 | 127;

/**
 * The status of xargs after one more run, and whether it is the last that is started. The highest counts, so that it does
 * not depend on which of the runs at once ends first.
 *
 * @param status the one before, 0 at first
 */
export const afterRun = (
  status: XargsStatus,
  end: RunEnd,
): { readonly status: XargsStatus; readonly stops: boolean } => {
  const own = statusOf(end);
  return { status: own > status ? own : status, stops: own > 123 };
};

/** The status of xargs after all of its runs; those behind one that stops it count if they were started. */
export const xargsStatus = (ends: readonly RunEnd[]): XargsStatus =>
  ends.reduce<XargsStatus>((status, end) => afterRun(status, end).status, 0);

const statusOf = (end: RunEnd): XargsStatus => {
  switch (end.kind) {
    case "exited":
      if (end.code === 0) return 0;
      return end.code === 255 ? 124 : 123;
    case "signalled":
      return 125;
    case "not-started":
      return end.reason === "ENOENT" ? 127 : 126;
  }
};
