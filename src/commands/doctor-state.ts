import type { Started } from "../start-engine.js";
import { forgetful } from "../start-seals.js";
import type { Line } from "./doctor-line.js";

/** Where spent approvals are written down, and whether they could be now. */
export const stateLine = async ({ state }: Pick<Started, "state">): Promise<Line> => {
  const what = "state";
  if (state === undefined)
    return { good: true, what, found: "approvals count at the process that asked, and nowhere else" };
  const { store, address } = state;
  const reached = await store.reach();
  if (!reached.ok) return { good: false, what, found: `${address.shown}: ${reached.error}; approvals are refused` };
  const policy = await reached.value.evictsBy();
  const found = `${address.shown} takes spent approvals`;
  return { good: true, what, found: policy === undefined ? found : `${found}; ${forgetful(policy)}` };
};
