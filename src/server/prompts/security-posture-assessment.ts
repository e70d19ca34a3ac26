import { failedControls } from "./control-ids.js";
import { prompt } from "./prompt.js";

const ACCOUNT = '"$(aws sts get-caller-identity --query Account --output text)"';

export const securityPostureAssessment = prompt({
  name: "security_posture_assessment",
  title: "Assess the account's security",
  description:
    "What watches an AWS account, what it has found, who can get in and what is open, in about fifteen reads",
  parameters: {},
  write: () => ({
    goal: "Assess how well this account is secured and watched, in this region. Change nothing.",
    steps: [
      {
        say: "See whether somebody watches.",
        commands: [
          "aws cloudtrail describe-trails --query 'trailList[].[Name,IsMultiRegionTrail,LogFileValidationEnabled,KmsKeyId]' --output table",
          "aws guardduty list-detectors",
          "aws configservice describe-configuration-recorder-status --query 'ConfigurationRecordersStatus[].[name,recording,lastStatus]' --output table",
          "aws securityhub get-enabled-standards --query 'StandardsSubscriptions[].[StandardsArn,StandardsStatus]' --output table",
          "aws accessanalyzer list-analyzers --query 'analyzers[].[name,type,status]' --output table",
        ],
        look: "no trail of all regions, no detector, a recorder that stands still, no analyzer.",
      },
      {
        say: "Read what they found.",
        commands: [
          failedControls(undefined),
          "aws guardduty list-detectors --query 'DetectorIds[]' --output text | xargs -r -n 1 aws guardduty get-findings-statistics --finding-statistic-types COUNT_BY_SEVERITY --detector-id",
          "aws accessanalyzer list-analyzers --query 'analyzers[].arn' --output text | xargs -r -n 1 aws accessanalyzer list-findings-v2 --query 'findings[].[resourceType,resource,findingType]' --output table --analyzer-arn",
        ],
      },
      {
        say: "See who can get in.",
        commands: [
          "aws iam get-account-summary --query 'SummaryMap.{rootMfa:AccountMFAEnabled,rootKeys:AccountAccessKeysPresent,users:Users,mfaInUse:MFADevicesInUse}'",
          "aws iam get-account-password-policy",
          "aws iam list-entities-for-policy --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
        ],
        look: "root without MFA or with keys, more users than MFA devices, administrators nobody can name.",
      },
      {
        say: "See what is open.",
        commands: [
          `aws s3control get-public-access-block --account-id ${ACCOUNT}`,
          "aws ec2 describe-security-groups --filters Name=ip-permission.cidr,Values=0.0.0.0/0 --query 'SecurityGroups[].[GroupId,GroupName,IpPermissions[].[FromPort,ToPort]]'",
          "aws ec2 describe-security-groups --filters Name=ip-permission.ipv6-cidr,Values=::/0 --query 'SecurityGroups[].[GroupId,GroupName,IpPermissions[].[FromPort,ToPort]]'",
          "aws ec2 get-ebs-encryption-by-default",
          "aws rds describe-db-instances --query 'DBInstances[?PubliclyAccessible].DBInstanceIdentifier'",
        ],
        look: "doors that lead on: a public machine with a strong role, a key that opens other accounts.",
      },
    ],
    report:
      'one page: a verdict, then findings by severity with evidence and owner, the five to mend first, and what could not be read. Name services that are off; turning guards on or off is for a person. With `regions: "all"` steps 1 and 4 cover every region.',
  }),
});
