/** What policy says of a stage, from the mildest to the strictest. */
export type Decision = "allow" | "ask" | "deny";

const order: readonly Decision[] = ["allow", "ask", "deny"];

/** The strictest of several decisions; `deny` when there is none, since no finding means no. */
export const strictest = (decisions: readonly Decision[]): Decision =>
  decisions.length === 0
    ? "deny"
    : decisions.reduce((worst, each) => (order.indexOf(each) > order.indexOf(worst) ? each : worst));
