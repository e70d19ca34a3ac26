/** How often data has to be saved. */
export type RecoveryPoint =
  /** less than an hour may be lost */
  | { readonly kind: "continuous" }
  /** so many whole hours may be lost, at most 24 */
  | { readonly kind: "scheduled"; readonly hours: number }
  /** not a time */
  | { readonly kind: "unread" };

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `15 minutes`, `1 hour`, `4h`, `90 min`, `1 day` or `zero`. */
export const readRecoveryPoint = (text: string): RecoveryPoint => {
  if (/^(?:0|zero|none|near[ -]?zero)$/i.test(text)) return { kind: "continuous" };
  const found =
    /^(\d{1,6}) ?(?:(s)(?:ec(?:ond)?s?)?|(m)(?:in(?:ute)?s?)?|(h)(?:(?:ou)?rs?)?|(d)(?:ays?)?|(w)(?:eeks?)?)$/i.exec(
      text,
    );
  if (found === null) return { kind: "unread" };
  const unit = found.slice(2).find((each) => each !== undefined) ?? "";
  const hours = Math.floor((Number(found[1]) * (SECONDS[unit.toLowerCase()] ?? 0)) / 3600);
  return hours < 1 ? { kind: "continuous" } : { kind: "scheduled", hours: Math.min(hours, 24) };
};
