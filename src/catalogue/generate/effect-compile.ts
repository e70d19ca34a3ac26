import { readYaml, type TextFile } from "../read-yaml.js";
import { checkEffects } from "./effect-check.js";
import { type Chosen, resolveEffect, type ServiceRow, serviceRows } from "./effect-resolve.js";
import { effectFile } from "./effect-schema.js";
import type { EffectSubject } from "./effect-subject.js";

export type CompiledEffects = {
  /** By service, then by operation; every operation that was handed in has one. */
  readonly effects: Readonly<Record<string, Readonly<Record<string, Chosen>>>>;
  /** What is wrong, with file and line; the generation must fail on any. */
  readonly problems: readonly string[];
};

/** The effect of every API operation and waiter, by `security/effects.yaml`. Custom commands have a list of their own. */
export const compileEffects = (subjects: Iterable<EffectSubject>, file: TextFile): CompiledEffects => {
  const read = readYaml(file, effectFile);
  if (!read.ok) return { effects: {}, problems: read.problems };
  const rows = new Map<string, readonly ServiceRow[]>();
  const judged = [...subjects].map((subject) => {
    const ofService = rows.get(subject.service) ?? serviceRows(read.value, subject.service);
    rows.set(subject.service, ofService);
    return { subject, resolved: resolveEffect(ofService, subject) };
  });
  const effects: Record<string, Record<string, Chosen>> = {};
  for (const { subject, resolved } of judged) {
    const service = effects[subject.service] ?? {};
    service[subject.operation] = { effect: resolved.effect, because: resolved.because };
    effects[subject.service] = service;
  }
  return { effects, problems: checkEffects(read.value, read.where, judged) };
};
