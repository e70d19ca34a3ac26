import { codeSpan } from "./code-span.js";
import { genericStep } from "./generic-reads.js";
import { prompt } from "./prompt.js";
import { type RecoveryPoint, readRecoveryPoint } from "./recovery-point.js";
import { RECOVERY_READS } from "./recovery-reads.js";
import { rowFor, servicePage, serviceParameter } from "./service-page.js";
import { json } from "./sh.js";

export const disasterRecovery = prompt({
  name: "disaster_recovery",
  title: "Plan the recovery of one service",
  description: "Whether the data of an AWS service could be restored in time, and what is missing for a recovery point",
  parameters: {
    service: serviceParameter,
    recovery_point_objective: {
      about: "how much data may be lost, as time: 15 minutes, 1 hour, 1 day",
      standard: "1 hour",
      offers: () => ["5 minutes", "15 minutes", "1 hour", "4 hours", "12 hours", "1 day"],
    },
  },
  write: ({ service, recovery_point_objective: objective }, facts) =>
    servicePage(service, facts, (found) => {
      const point = readRecoveryPoint(objective);
      const row = rowFor(RECOVERY_READS, found);
      return {
        goal: `Find out whether \`${found.name}\` could be restored with at most ${codeSpan(objective)} of data lost, and plan what is missing.`,
        notes: [adviceOn(point)],
        steps: [
          row === undefined
            ? genericStep("List what holds data.", found, facts.book)
            : { say: "See what protects the data now.", ...row },
          {
            say: "See what AWS Backup covers, and whether its jobs succeed.",
            commands: [
              "aws backup list-backup-plans --query 'BackupPlansList[].[BackupPlanName,LastExecutionDate]' --output table",
              "aws backup list-protected-resources --query 'Results[].[ResourceType,ResourceArn,LastBackupTime]' --output table",
              "aws backup list-backup-jobs --by-state FAILED --max-items 20 --query 'BackupJobs[].[CreationDate,ResourceType,StatusMessage]' --output table",
              "aws backup list-copy-jobs --max-items 20 --query 'CopyJobs[].[State,DestinationBackupVaultArn]' --output table",
              "aws backup list-restore-jobs --max-items 20 --query 'RestoreJobs[].[CreationDate,Status,ResourceType]' --output table",
            ],
            look: "resources that no plan covers, last backups older than the objective, no copies in another region, no restore that was ever tried.",
          },
          {
            say: "Make a vault and a plan. Choosing its resources (`aws backup create-backup-selection`) passes a role, and is asked about.",
            changes: true,
            commands: [
              `aws backup create-backup-vault --backup-vault-name ${found.name}-recovery`,
              `aws backup create-backup-plan --backup-plan ${json(plan(found.name, point))}`,
            ],
          },
        ],
        report:
          "for each resource the recovery point and the recovery time that hold today, the gap to the objective, what closes it and its cost a month; then the order of a restore, and a date to rehearse it.",
      };
    }),
});

const adviceOn = (point: RecoveryPoint): string => {
  switch (point.kind) {
    case "unread":
      return "That objective is no time that can be read (write `15 minutes` or `4 hours`): the plan below backs up once a day. Ask what may be lost.";
    case "continuous":
      return "So little loss takes continuous backups or replicas: scheduled ones run once an hour at most. The plan below turns continuous backup on where a service has it.";
    case "scheduled":
      return `Backups every ${point.hours === 1 ? "hour" : `${point.hours} hours`} are enough, if each finishes in time; copies in another region come later than that.`;
  }
};

const plan = (name: string, point: RecoveryPoint) => ({
  BackupPlanName: `${name}-recovery`,
  Rules: [
    {
      RuleName: "regular",
      TargetBackupVaultName: `${name}-recovery`,
      ScheduleExpression: scheduleOf(point),
      StartWindowMinutes: 60,
      Lifecycle: { DeleteAfterDays: 35 },
      ...(point.kind === "continuous" ? { EnableContinuousBackup: true } : {}),
    },
  ],
});

// A cron of EventBridge: minutes, hours, day, month, weekday, year.
const scheduleOf = (point: RecoveryPoint): string => {
  const hours = point.kind === "scheduled" ? point.hours : point.kind === "continuous" ? 1 : 24;
  if (hours === 1) return "cron(0 * * * ? *)";
  return hours >= 24 ? "cron(0 3 * * ? *)" : `cron(0 0/${hours} * * ? *)`;
};
