import { COMPILED, readCompiled } from "./compiled.js";
import type { Effect } from "./effect.js";

/** What each command does, and why. */
export type OperationEffects = {
  /** Nothing for a command that nobody has reviewed. */
  readonly of: (
    service: string,
    operation: string,
  ) => { readonly effect: Effect; readonly because: string } | undefined;
};

/** The compiled form: reasons once, and per service and operation `[effect, number of its reason]`. */
export type EffectData = {
  readonly reasons: readonly string[];
  readonly operations: Readonly<Record<string, Readonly<Record<string, readonly [Effect, number]>>>>;
};

/** The effects that the build compiled, read when the first one is asked for. */
export const loadEffects = (folder: string = COMPILED): OperationEffects => {
  let data: EffectData | undefined;
  const read = (): EffectData => {
    // The hash says that this is what the build wrote after its checks.
    data ??= readCompiled(folder, "effects") as EffectData;
    return data;
  };
  return { of: (service, operation) => lookUp(read(), service, operation) };
};

const lookUp = ({ reasons, operations }: EffectData, service: string, operation: string) => {
  const names = Object.hasOwn(operations, service) ? operations[service] : undefined;
  const found = names !== undefined && Object.hasOwn(names, operation) ? names[operation] : undefined;
  if (found === undefined) return undefined;
  const [effect, reason] = found;
  return { effect, because: reasons[reason] ?? "" };
};
