import { daysAgo } from "./days-ago.js";
import type { Service } from "./find-service.js";
import { isGlobal } from "./global-services.js";
import type { Step } from "./prompt.js";
import { fields } from "./sh.js";

/** Who changed what in a service; CloudTrail names a service by the host of its API, which mostly is what it signs for. */
export const recentChanges = (service: Service, now: Date, days: number): Step => ({
  say: `See who changed something in the last ${days} days (CloudTrail keeps 90).`,
  commands: [
    `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=${service.model.signingName}.amazonaws.com ${rest(service, now, days)}`,
  ],
});

/** Who changed one resource, by its name or id as CloudTrail has it. */
export const changesOf = (resource: string, service: Service, now: Date, days: number): string =>
  `aws cloudtrail lookup-events --lookup-attributes ${fields({ AttributeKey: "ResourceName", AttributeValue: resource })} ${rest(service, now, days)}`;

// An event's `ReadOnly` is text.
const rest = ({ name }: Service, now: Date, days: number): string =>
  [
    `--start-time ${daysAgo(now, days)} --max-items 200`,
    `--query "Events[?ReadOnly=='false'].[EventTime,EventName,Username]" --output table`,
    ...(isGlobal(name) ? ["--region us-east-1"] : []),
  ].join(" ");
