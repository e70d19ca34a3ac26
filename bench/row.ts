/** One line of the results: what was measured, against what, and whether the target is met. */
export type Row = {
  readonly what: string;
  readonly ours: string;
  readonly bash: string;
  readonly compared: string;
  readonly target: string;
  readonly met: boolean;
};
