import {
  eachBucket,
  eachEksCluster,
  eachFunction,
  eachKey,
  eachLoadBalancer,
  eachQueue,
  eachSecret,
  eachTable,
  eachTopic,
} from "./each.js";
import type { ServiceReads } from "./service-page.js";

const OPEN_GROUPS = [
  "aws ec2 describe-security-groups --filters Name=ip-permission.cidr,Values=0.0.0.0/0 --query 'SecurityGroups[].{id:GroupId,name:GroupName,vpc:VpcId,ports:IpPermissions[].[FromPort,ToPort,IpRanges[].CidrIp]}'",
  "aws ec2 describe-security-groups --filters Name=ip-permission.ipv6-cidr,Values=::/0 --query 'SecurityGroups[].{id:GroupId,name:GroupName,vpc:VpcId,ports:IpPermissions[].[FromPort,ToPort,Ipv6Ranges[].CidrIpv6]}'",
];

/** What shows how a service is secured. */
export const SECURITY_READS: Readonly<Record<string, ServiceReads>> = {
  s3: {
    commands: [
      'aws s3control get-public-access-block --account-id "$(aws sts get-caller-identity --query Account --output text)"',
      eachBucket("get-public-access-block"),
      eachBucket("get-bucket-policy-status"),
      eachBucket("get-bucket-encryption"),
      eachBucket("get-bucket-logging"),
    ],
    look: "any of the four public access settings off, `IsPublic` true, buckets without a log target. An error that there is no policy or no block is an answer too.",
  },
  ec2: {
    commands: [
      ...OPEN_GROUPS,
      "aws ec2 describe-instances --query 'Reservations[].Instances[].{id:InstanceId,public:PublicIpAddress,imds:MetadataOptions.HttpTokens,profile:IamInstanceProfile.Arn}' --output table",
      "aws ec2 get-ebs-encryption-by-default",
      "aws ec2 describe-snapshots --owner-ids self --restorable-by-user-ids all --query 'Snapshots[].SnapshotId'",
      "aws ec2 describe-images --owners self --filters Name=is-public,Values=true --query 'Images[].[ImageId,Name]'",
    ],
    look: "ports 22, 3389 and databases open to 0.0.0.0/0 or ::/0, `imds` that is `optional`, encryption by default off, any public snapshot or image.",
  },
  ebs: {
    commands: [
      "aws ec2 get-ebs-encryption-by-default",
      "aws ec2 describe-volumes --filters Name=encrypted,Values=false --query 'Volumes[].[VolumeId,State,Size]' --output table",
      "aws ec2 get-snapshot-block-public-access-state",
      "aws ec2 describe-snapshots --owner-ids self --restorable-by-user-ids all --query 'Snapshots[].SnapshotId'",
    ],
    look: "volumes without encryption, snapshots that everybody may restore, a state that is `unblocked`.",
  },
  vpc: {
    commands: [
      ...OPEN_GROUPS,
      "aws ec2 describe-vpcs --query 'Vpcs[].[VpcId,CidrBlock,IsDefault]' --output table",
      "aws ec2 describe-flow-logs --query 'FlowLogs[].[ResourceId,FlowLogStatus,TrafficType]' --output table",
      "aws ec2 describe-network-acls --filters Name=entry.cidr,Values=0.0.0.0/0 --query 'NetworkAcls[].[NetworkAclId,VpcId,IsDefault]' --output table",
      "aws ec2 describe-subnets --filters Name=map-public-ip-on-launch,Values=true --query 'Subnets[].[SubnetId,VpcId]' --output table",
    ],
    look: "VPCs without an active flow log, groups open to the world, subnets that hand out public addresses, default VPCs in use.",
  },
  rds: {
    commands: [
      "aws rds describe-db-instances --query 'DBInstances[].{id:DBInstanceIdentifier,public:PubliclyAccessible,encrypted:StorageEncrypted,iam:IAMDatabaseAuthenticationEnabled,backups:BackupRetentionPeriod,protected:DeletionProtection}' --output table",
      "aws rds describe-db-snapshots --snapshot-type manual --query 'DBSnapshots[].DBSnapshotIdentifier' --output text | xargs -r -n 1 aws rds describe-db-snapshot-attributes --db-snapshot-identifier",
      "aws rds describe-db-clusters --query 'DBClusters[].{id:DBClusterIdentifier,encrypted:StorageEncrypted,logs:EnabledCloudwatchLogsExports}'",
    ],
    look: "`public` instances, no encryption, snapshots whose `restore` attribute holds `all` or a strange account.",
  },
  lambda: {
    commands: [
      "aws lambda list-functions --query 'Functions[].{name:FunctionName,runtime:Runtime,role:Role,key:KMSKeyArn}' --output table",
      eachFunction("get-policy"),
      eachFunction("list-function-url-configs"),
    ],
    look: "policies with principal `*` and no condition, URLs with `AuthType` NONE, runtimes past support, one role for many functions.",
  },
  iam: {
    commands: [
      "aws iam get-account-summary --query 'SummaryMap.{rootMfa:AccountMFAEnabled,rootKeys:AccountAccessKeysPresent,users:Users,roles:Roles}'",
      "aws iam get-account-password-policy",
      "aws iam list-entities-for-policy --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
      "aws accessanalyzer list-analyzers --query 'analyzers[].[name,type,status]' --output table",
      "aws iam generate-credential-report",
      "aws iam get-credential-report --query Content --output text | base64 -d | cut -d , -f 1,4,5,8,9,10,11",
    ],
    look: "root without MFA or with keys, users with a password and no MFA, keys older than 90 days or never used, many administrators, no analyzer. The report takes a few seconds to make.",
  },
  dynamodb: {
    commands: [
      eachTable(
        "describe-table --query 'Table.{name:TableName,sse:SSEDescription.SSEType,protected:DeletionProtectionEnabled}'",
      ),
      eachTable("describe-continuous-backups"),
    ],
    look: "tables without deletion protection or point-in-time recovery; no `sse` means AWS's own key, which cannot be taken away from anybody.",
  },
  ecs: {
    commands: [
      "aws ecs list-task-definitions --status ACTIVE --max-items 50 --query 'taskDefinitionArns[]' --output text | xargs -r -n 1 aws ecs describe-task-definition --query 'taskDefinition.{family:family,role:taskRoleArn,network:networkMode,containers:containerDefinitions[].{name:name,privileged:privileged,user:user,readonly:readonlyRootFilesystem}}' --task-definition",
      "aws ecs list-account-settings --effective-settings --query 'settings[].[name,value]' --output table",
    ],
    look: "privileged containers, `user` that is empty or root, a writable root file system, `host` networks.",
  },
  eks: {
    commands: [
      eachEksCluster(
        "describe-cluster --query 'cluster.{name:name,version:version,public:resourcesVpcConfig.endpointPublicAccess,from:resourcesVpcConfig.publicAccessCidrs,secrets:encryptionConfig[].resources[],logs:logging.clusterLogging[?enabled].types[]}'",
      ),
      eachEksCluster("list-access-entries", "--cluster-name"),
    ],
    look: "public endpoints open to 0.0.0.0/0, secrets without a key, no audit log, a version near its end of support.",
  },
  elbv2: {
    commands: [
      "aws elbv2 describe-load-balancers --query 'LoadBalancers[].[LoadBalancerName,Scheme,Type]' --output table",
      eachLoadBalancer("describe-listeners --query 'Listeners[].[Port,Protocol,SslPolicy]'"),
      eachLoadBalancer("describe-load-balancer-attributes"),
      "aws elb describe-load-balancers --query 'LoadBalancerDescriptions[].[LoadBalancerName,Scheme]' --output table",
    ],
    look: "HTTP listeners that do not redirect, old TLS policies, access logs off, classic balancers that face the Internet.",
  },
  cloudfront: {
    commands: [
      "aws cloudfront list-distributions --query 'DistributionList.Items[].{id:Id,viewers:DefaultCacheBehavior.ViewerProtocolPolicy,tls:ViewerCertificate.MinimumProtocolVersion,waf:WebACLId,origins:Origins.Items[].DomainName}'",
      "aws cloudfront list-origin-access-controls --query 'OriginAccessControlList.Items[].[Id,Name,SigningBehavior]' --output table",
    ],
    look: "`allow-all` viewers, TLS below 1.2, no web ACL, S3 origins without origin access control.",
  },
  sqs: {
    commands: [
      eachQueue(
        "get-queue-attributes --attribute-names QueueArn Policy KmsMasterKeyId SqsManagedSseEnabled RedrivePolicy",
      ),
    ],
    look: "policies with principal `*` and no condition, neither a key nor managed encryption, no dead-letter queue.",
  },
  sns: {
    commands: [
      eachTopic("get-topic-attributes --query 'Attributes.{arn:TopicArn,key:KmsMasterKeyId,policy:Policy}'"),
      "aws sns list-subscriptions --query 'Subscriptions[].[Protocol,Endpoint,TopicArn]' --output table",
    ],
    look: "topics without a key, policies with principal `*` and no condition, `http` endpoints, addresses nobody knows.",
  },
  kms: {
    commands: [
      eachKey("get-key-rotation-status"),
      eachKey("get-key-policy --query Policy --output text"),
      eachKey("describe-key --query 'KeyMetadata.[KeyId,KeyManager,KeyState,MultiRegion]' --output text"),
      "aws kms list-aliases --query 'Aliases[].[AliasName,TargetKeyId]' --output table",
    ],
    look: "customer keys without rotation, key policies that name other accounts or `*`, keys pending deletion.",
  },
  secretsmanager: {
    commands: [
      "aws secretsmanager list-secrets --query 'SecretList[].{name:Name,rotates:RotationEnabled,rotated:LastRotatedDate,used:LastAccessedDate,key:KmsKeyId}' --output table",
      eachSecret("get-resource-policy"),
    ],
    look: "secrets that never rotate or that nobody has read for 90 days, policies that let other accounts in. Read no value.",
  },
  cloudformation: {
    commands: [
      "aws cloudformation describe-stacks --query 'Stacks[].{name:StackName,status:StackStatus,protected:EnableTerminationProtection,role:RoleARN,drift:DriftInformation.StackDriftStatus}' --output table",
      `aws cloudformation describe-stacks --query "Stacks[].Parameters[?ParameterValue!='****'].ParameterKey[]" --output text | tr '\\t' '\\n' | grep -iE 'password|secret|token'`,
    ],
    look: "stacks with an administrator's role, no termination protection, drift, and parameters for secrets whose values AWS shows in clear.",
  },
  logs: {
    commands: [
      "aws logs describe-log-groups --query 'logGroups[].{name:logGroupName,days:retentionInDays,key:kmsKeyId}' --output table",
      "aws logs describe-resource-policies --query 'resourcePolicies[].[policyName,policyDocument]'",
    ],
    look: "groups without a key or that never expire, resource policies open to everybody.",
  },
};
