import { compareEffects, type Effect } from "../effect.js";
import { namesOf, type ServiceNames } from "../rules/glob.js";
import type { EffectFile, EffectRow } from "./effect-schema.js";
import type { EffectSubject } from "./effect-subject.js";

/** An effect and the reason that the user reads. */
export type Chosen = { readonly effect: Effect; readonly because: string };

export type Resolved = Chosen & {
  /** What it would be without the rows that name the operation exactly. */
  readonly otherwise: Chosen;
  /** The rows that name it exactly. */
  readonly exact: readonly EffectRow[];
};

/** A row with its names as they stand for one service. */
export type ServiceRow = { readonly row: EffectRow; readonly names: ServiceNames; readonly except: ServiceNames };

/** The rows that have a say in a service. */
export const serviceRows = (file: EffectFile, service: string): readonly ServiceRow[] =>
  file.rows.flatMap((row) => {
    const names = namesOf(row.operations, service);
    return names === undefined ? [] : [{ row, names, except: namesOf(row.except ?? {}, service) ?? never }];
  });

const never: ServiceNames = () => undefined;

/** The effect of one operation by its level and the rows of its service. */
export const resolveEffect = (rows: readonly ServiceRow[], subject: EffectSubject): Resolved => {
  const base = levelEffect(subject);
  // A waiter prints nothing of what it reads.
  if (subject.kind === "waiter" && base.effect === "read") return { ...base, otherwise: base, exact: [] };
  const hits = rows.map(({ row, names, except }) => ({ row, match: names(subject.operation), except }));
  const [first, ...more] = hits.filter(({ match }) => match === "exact").map(({ row }) => row);
  const patterns = hits.filter(({ match, except }) => match === "pattern" && except(subject.operation) === undefined);
  const otherwise = worst([base, ...patterns.map(({ row }) => row).filter((row) => speaksOf(row, subject, base))]);
  return first === undefined
    ? { ...otherwise, otherwise, exact: [] }
    : { ...worst([first, ...more]), otherwise, exact: [first, ...more] };
};

const levelEffect = ({ levels }: EffectSubject): Chosen => {
  const [level, ...more] = levels;
  return level === undefined ? UNKNOWN : worst([LEVELS[level], ...more.map((each) => LEVELS[each])]);
};

const UNKNOWN: Chosen = { effect: "unknown", because: "nobody has said what it does" };

const LEVELS: Readonly<Record<EffectSubject["levels"][number], Chosen>> = {
  Read: { effect: "read", because: "reads settings or data" },
  List: { effect: "read", because: "lists what is there" },
  Write: { effect: "write", because: "changes a resource" },
  Tagging: { effect: "write", because: "changes tags" },
  Permissions: { effect: "permissions", because: "changes who may do what, as AWS itself classes it" },
};

const speaksOf = ({ among }: EffectRow, { levels }: EffectSubject, base: Chosen): boolean =>
  among === undefined || (base.effect !== "read" && !levels.includes("Tagging"));

// `unknown` outranks all but `local`, so no pattern makes an operation known.
const worst = (all: readonly [Chosen, ...Chosen[]]): Chosen => {
  const { effect, because } = all.reduce((a, b) => (compareEffects(b.effect, a.effect) > 0 ? b : a));
  return { effect, because };
};
