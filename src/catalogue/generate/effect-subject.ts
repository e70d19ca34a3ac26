import type { Level } from "../service-table.js";

/** An operation as the generator knows it, before anybody has said what it does. */
export type EffectSubject = {
  /** `ec2` */
  readonly service: string;
  /** `describe-instances`, `wait instance-running` */
  readonly operation: string;
  readonly kind: "api" | "waiter";
  /** IAM's access levels; none where IAM knows none. */
  readonly levels: readonly Level[];
  /** `secretMembers` of its answer. */
  readonly secrets: readonly string[];
};

/** `ec2:describe-instances`, as messages name it. */
export const subjectName = ({ service, operation }: Pick<EffectSubject, "service" | "operation">): string =>
  `${service}:${operation}`;
