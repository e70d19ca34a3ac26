/** What a stage does to the account or to the machine; the worst of all its parts counts. */
export type Effect =
  /** reads settings and data that anybody with read access may see */
  | "read"
  /** changes something that can be changed back */
  | "write"
  /** reads a secret or something that opens a door */
  | "sensitive-read"
  /** carries data out of the account */
  | "egress"
  /** destroys data or resources */
  | "destroy"
  /** runs code, or passes a role to something that does */
  | "execute"
  /** changes who may do what */
  | "permissions"
  /** turns off what watches or protects */
  | "disarm"
  /** acts on the machine that the server runs on */
  | "local"
  /** nobody has said what it does */
  | "unknown";

/** Every effect, from the mildest to the worst; what every mode refuses stands last. */
export const EFFECTS = [
  "read",
  "write",
  "sensitive-read",
  "egress",
  "destroy",
  "execute",
  "permissions",
  "disarm",
  "unknown",
  "local",
] as const satisfies readonly Effect[];

/** Negative when `a` is milder than `b`, positive when it is worse. */
export const compareEffects = (a: Effect, b: Effect): number => EFFECTS.indexOf(a) - EFFECTS.indexOf(b);

/** The effect of that name; `unknown` where there is none, so that a word that nobody knows lets nothing through. */
export const effectNamed = (name: string): Effect => EFFECTS.find((effect) => effect === name) ?? "unknown";
