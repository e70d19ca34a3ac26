type AutomationScope = {
  /** What shows which automation of this kind there is. */
  readonly commands: readonly string[];
  readonly look: string;
  /** By which operations it is built. */
  readonly how: string;
  readonly verify: readonly string[];
};

const EXECUTIONS =
  "aws ssm describe-automation-executions --max-items 10 --query 'AutomationExecutionMetadataList[].[DocumentName,AutomationExecutionStatus,ExecutionStartTime]' --output table";
const STACKS =
  "aws cloudformation describe-stacks --query 'Stacks[].[StackName,StackStatus,LastUpdatedTime,DriftInformation.StackDriftStatus]' --output table";

export const AUTOMATION_SCOPES: Readonly<Record<string, AutomationScope>> = {
  deployment: {
    commands: [
      STACKS,
      "aws codepipeline list-pipelines --query 'pipelines[].[name,updated]' --output table",
      "aws deploy list-applications",
      "aws cloudformation list-stack-sets --status ACTIVE --query 'Summaries[].StackSetName'",
    ],
    look: "resources that no stack made, pipelines that nobody has run for months.",
    how: "`aws cloudformation create-change-set` shows what it would do, `aws cloudformation execute-change-set` does it, termination protection keeps it",
    verify: [STACKS],
  },
  patching: {
    commands: [
      "aws ssm describe-instance-information --query 'InstanceInformationList[].[InstanceId,PingStatus,PlatformName,AgentVersion]' --output table",
      "aws ssm describe-instance-information --query 'InstanceInformationList[].InstanceId' --output text | xargs -r -n 50 aws ssm describe-instance-patch-states --query 'InstancePatchStates[].[InstanceId,MissingCount,FailedCount,OperationEndTime]' --output table --instance-ids",
      "aws ssm describe-patch-baselines --query 'BaselineIdentities[?DefaultBaseline].[BaselineName,OperatingSystem]' --output table",
      "aws ssm describe-maintenance-windows --query 'WindowIdentities[].[Name,Enabled,Schedule,NextExecutionTime]' --output table",
    ],
    look: "machines that Systems Manager does not know, patches missing for weeks, no window.",
    how: "`aws ssm create-maintenance-window`, then `register-target-with-maintenance-window` and `register-task-with-maintenance-window` with `AWS-RunPatchBaseline`",
    verify: [
      "aws ssm describe-maintenance-windows --query 'WindowIdentities[].WindowId' --output text | xargs -r -n 1 aws ssm describe-maintenance-window-executions --max-items 3 --query 'WindowExecutions[].[WindowId,Status,StartTime]' --output text --window-id",
    ],
  },
  scaling: {
    commands: [
      "aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[].[AutoScalingGroupName,MinSize,DesiredCapacity,MaxSize]' --output table",
      "aws autoscaling describe-policies --query 'ScalingPolicies[].[AutoScalingGroupName,PolicyType,PolicyName]' --output table",
      "aws application-autoscaling describe-scalable-targets --service-namespace ecs --query 'ScalableTargets[].[ResourceId,MinCapacity,MaxCapacity]' --output table",
      "aws application-autoscaling describe-scalable-targets --service-namespace dynamodb --query 'ScalableTargets[].[ResourceId,MinCapacity,MaxCapacity]' --output table",
    ],
    look: "groups without a policy, or whose minimum is their maximum.",
    how: "`aws autoscaling put-scaling-policy` with a target to track, or `aws application-autoscaling register-scalable-target` and `put-scaling-policy`",
    verify: [
      "aws autoscaling describe-scaling-activities --max-items 20 --query 'Activities[].[AutoScalingGroupName,StatusCode,Cause]' --output table",
    ],
  },
  backup: {
    commands: [
      "aws backup list-backup-plans --query 'BackupPlansList[].[BackupPlanName,LastExecutionDate]' --output table",
      "aws backup list-protected-resources --query 'Results[].[ResourceType,LastBackupTime]' --output table",
      "aws dlm get-lifecycle-policies --query 'Policies[].[PolicyId,Description,State]' --output table",
    ],
    look: "resources that no plan covers.",
    how: "`aws backup create-backup-plan`, then `create-backup-selection` by tag",
    verify: [
      "aws backup list-backup-jobs --max-items 20 --query 'BackupJobs[].[State,ResourceType,CreationDate]' --output table",
    ],
  },
  scheduling: {
    commands: [
      "aws scheduler list-schedules --query 'Schedules[].[Name,State,Target.Arn]' --output table",
      "aws events list-rules --query 'Rules[?ScheduleExpression].[Name,State,ScheduleExpression]' --output table",
      "aws autoscaling describe-scheduled-actions --query 'ScheduledUpdateGroupActions[].[AutoScalingGroupName,Recurrence]' --output table",
    ],
    look: "rules that start what nothing stops, times in UTC that were meant to be local.",
    how: "`aws scheduler create-schedule` with a time zone and a dead-letter queue, or `aws autoscaling put-scheduled-update-group-action`",
    verify: [EXECUTIONS],
  },
  remediation: {
    commands: [
      "aws configservice describe-compliance-by-config-rule --compliance-types NON_COMPLIANT --query 'ComplianceByConfigRules[].ConfigRuleName' --output text | xargs -r -n 20 aws configservice describe-remediation-configurations --query 'RemediationConfigurations[].[ConfigRuleName,TargetId,Automatic]' --output table --config-rule-names",
      "aws events list-rules --query 'Rules[?EventPattern].[Name,State]' --output table",
      "aws ssm list-associations --query 'Associations[].[Name,ScheduleExpression,Overview.Status]' --output table",
    ],
    look: "rules that fail for long and mend nothing; mending that runs without a limit.",
    how: "`aws configservice put-remediation-configurations` with an Automation document, first not automatic",
    verify: [EXECUTIONS],
  },
  drift: {
    commands: [
      STACKS,
      "aws cloudformation describe-stacks --query 'Stacks[].StackName' --output text | xargs -r -n 1 aws cloudformation detect-stack-drift --stack-name",
    ],
    look: "`DRIFTED`, and stacks that were never checked. Detection takes minutes; ask again then.",
    how: "bring the template in line with what is meant, then `aws cloudformation create-change-set`",
    verify: [STACKS],
  },
};

/** The scope that a person means by `Deployment`, `patch` or `auto-scaling`. */
export const scopeOf = (text: string): AutomationScope | undefined => {
  const word = text.toLowerCase().replace(/^auto[- ]?/, "");
  const name = Object.keys(AUTOMATION_SCOPES).find((each) => each === word || each.startsWith(word.slice(0, 5)));
  return name === undefined || word.length < 4 ? undefined : AUTOMATION_SCOPES[name];
};
