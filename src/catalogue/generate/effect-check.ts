import { compareEffects } from "../effect.js";
import type { Where } from "../read-yaml.js";
import { globTest, namesOf } from "../rules/glob.js";
import type { Resolved } from "./effect-resolve.js";
import type { EffectFile, Operations } from "./effect-schema.js";
import { type EffectSubject, subjectName } from "./effect-subject.js";

export type Judged = { readonly subject: EffectSubject; readonly resolved: Resolved };

/** What is wrong between `security/effects.yaml` and the operations that exist; each with file and line. */
export const checkEffects = (file: EffectFile, where: Where, judged: readonly Judged[]): readonly string[] => [
  ...checkNames(file, where, judged),
  ...checkLowering(file, where, judged),
  ...judged.flatMap(({ subject, resolved }) => checkVerb(subject, resolved, where)),
  ...checkSecrets(file, where, judged),
];

const checkNames = (file: EffectFile, where: Where, judged: readonly Judged[]): readonly string[] => {
  const names = byService(judged);
  const tables = (key: "rows" | "secrets") =>
    file[key].map((entry, index) => ({ path: [key, index, "operations"], table: entry.operations }));
  const exceptions = file.rows.flatMap(({ except }, index) =>
    except === undefined ? [] : [{ path: ["rows", index, "except"], table: except }],
  );
  return [...tables("rows"), ...tables("secrets"), ...exceptions].flatMap(({ path, table }) =>
    unknownNames(table, names).map(
      ({ service, index, name }) => `${where([...path, service, index])}: \`${name}\` names no operation`,
    ),
  );
};

const byService = (judged: readonly Judged[]): ReadonlyMap<string, readonly string[]> => {
  const all = new Map<string, string[]>();
  for (const { subject } of judged) {
    const names = all.get(subject.service) ?? [];
    names.push(subject.operation);
    all.set(subject.service, names);
  }
  return all;
};

const unknownNames = (table: Operations, names: ReadonlyMap<string, readonly string[]>) =>
  Object.entries(table).flatMap(([service, globs]) => {
    const ofService = globTest(service);
    const there = [...names].filter(([name]) => ofService.test(name)).flatMap(([, operations]) => operations);
    return globs.flatMap((glob, index) => {
      const test = globTest(glob);
      return there.some((operation) => test.test(operation)) ? [] : [{ service, index, name: `${service}:${glob}` }];
    });
  });

const checkLowering = (file: EffectFile, where: Where, judged: readonly Judged[]): readonly string[] =>
  judged.flatMap(({ subject, resolved }) =>
    resolved.exact.flatMap((row) => {
      const at = (): string =>
        `${where(["rows", file.rows.indexOf(row), "operations", subject.service])}: \`${subjectName(subject)}\``;
      const milder = compareEffects(row.effect, resolved.otherwise.effect) < 0;
      if (resolved.otherwise.effect === "unknown") return [];
      if (milder && row.lower !== true)
        return [`${at()} is made milder than \`${resolved.otherwise.effect}\` without \`lower: true\``];
      if (!milder && row.lower === true) return [`${at()} is not made milder; take \`lower: true\` away`];
      return [];
    }),
  );

const CHANGES =
  /^(?:create|update|put|modify|delete|start|stop|add|remove|attach|detach|associate|disassociate|enable|disable|set|reset|register|deregister|import|restore|revoke|send|cancel|terminate|run|execute|purge|release|accept|reject|move|rotate|replace|upload|publish|grant|authorize|invite|promote)-/;
const LOOKS = /^(?:get|list|describe|search|query|head|batch-get|batch-describe|batch-list)-/;

/** A verb that disagrees with the effect is a mistake of ours or of IAM's: somebody has to write the operation down. */
const checkVerb = (subject: EffectSubject, resolved: Resolved, where: Where): readonly string[] => {
  if (subject.kind === "waiter" || resolved.exact.length > 0) return [];
  const { effect } = resolved;
  const name = (): string => `${where(["rows"])}: \`${subjectName(subject)}\``;
  if (effect === "read" && CHANGES.test(subject.operation))
    return [`${name()} is called a change and is \`read\`; name it`];
  if (effect !== "read" && effect !== "unknown" && LOOKS.test(subject.operation))
    return [`${name()} is called a look and is \`${effect}\`; name it`];
  return [];
};

const checkSecrets = (file: EffectFile, where: Where, judged: readonly Judged[]): readonly string[] => {
  const used = new Set<number>();
  const problems = judged.flatMap(({ subject, resolved }) => {
    if (resolved.effect !== "read" && resolved.effect !== "write") return [];
    const left = subject.secrets.filter((member) => {
      const index = file.secrets.findIndex((entry) => exempts(entry, subject, member));
      used.add(index);
      return index < 0;
    });
    return left.length === 0
      ? []
      : [
          `${where(["secrets"])}: \`${subjectName(subject)}\` is \`${resolved.effect}\` and answers with ${quoted(left)}`,
        ];
  });
  const idle = file.secrets.flatMap((_, index) =>
    used.has(index) ? [] : [`${where(["secrets", index])}: this exemption exempts nothing`],
  );
  return [...problems, ...idle];
};

const exempts = ({ operations, members }: EffectFile["secrets"][number], subject: EffectSubject, member: string) =>
  namesOf(operations, subject.service)?.(subject.operation) !== undefined && (members?.includes(member) ?? true);

const quoted = (members: readonly string[]): string =>
  members
    .slice(0, 4)
    .map((member) => `\`${member}\``)
    .join(", ");
