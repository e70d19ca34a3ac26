import type { RuleBook } from "../../policy/rule-book.js";
import { codeSpan } from "./code-span.js";
import { type Page, prompt } from "./prompt.js";
import { json, sh } from "./sh.js";

export const containerOrchestration = prompt({
  name: "container_orchestration",
  title: "Run containers",
  description: "An ECS cluster on Fargate or EC2, or an EKS cluster: what it needs, how to make it, how to verify it",
  parameters: {
    cluster_name: { about: "the cluster's name" },
    service_type: {
      about: "fargate, ec2 or eks",
      standard: "fargate",
      offers: () => ["fargate", "ec2", "eks"],
    },
  },
  write: ({ cluster_name: name, service_type: type }, { book }) => {
    if (!/^[A-Za-z0-9][\w-]{0,99}$/.test(name)) return badName(name);
    switch (type.toLowerCase()) {
      case "fargate":
      case "ecs":
        return ecs(name, "FARGATE", regionOf(book));
      case "ec2":
        return ecs(name, "EC2", regionOf(book));
      case "eks":
      case "kubernetes":
        return eks(name);
      default:
        return badType(type);
    }
  },
});

const badName = (name: string): Page => ({
  goal: `Find a name for the cluster: ${codeSpan(name)} is none.`,
  notes: ["It begins with a letter or digit and has up to 100 letters, digits, hyphens and underscores."],
  steps: [{ say: "See which are taken.", commands: ["aws ecs list-clusters", "aws eks list-clusters"] }],
  report: "the name that you propose. Create nothing yet.",
});

const badType = (type: string): Page => ({
  goal: `Find out how the containers are to run: ${codeSpan(type)} is not one of \`fargate\`, \`ec2\` and \`eks\`.`,
  steps: [{ say: "See what there is, then ask.", commands: ["aws ecs list-clusters", "aws eks list-clusters"] }],
  report: "what is there and which of the three you propose, with reasons.",
});

const NETWORK = [
  "aws ec2 describe-subnets --query 'Subnets[].[VpcId,SubnetId,AvailabilityZone,AvailableIpAddressCount,MapPublicIpOnLaunch]' --output table",
  "aws ecr describe-repositories --query 'repositories[].[repositoryName,imageScanningConfiguration.scanOnPush]' --output table",
];

// JSON comes whole from the text, without a variable, so that the region is written out.
const regionOf = ({ profiles: [profile], regions }: RuleBook): string => regions.get(profile) ?? "us-east-1";

type Launch = "FARGATE" | "EC2";

const ecs = (name: string, launch: Launch, region: string): Page => ({
  goal: `Run containers on the ECS cluster ${codeSpan(name)} (${launch === "EC2" ? "on EC2 instances" : "Fargate"}).`,
  steps: [
    {
      say: "See what exists: the cluster, subnets in two zones or more, images, roles for tasks.",
      commands: [
        sh`aws ecs describe-clusters --include SETTINGS CAPACITY_PROVIDERS --clusters=${name}`,
        ...NETWORK,
        "aws iam list-roles --query \"Roles[?AssumeRolePolicyDocument.Statement[?Principal.Service=='ecs-tasks.amazonaws.com']].Arn\"",
      ],
      look: "a role whose permissions are those of the task; if there is none, a person makes it.",
    },
    {
      say: "Make the cluster and the group of its logs.",
      changes: true,
      commands: [
        sh`aws ecs create-cluster --cluster-name=${name} --settings name=containerInsights,value=enabled`.concat(
          launch === "FARGATE" ? " --capacity-providers FARGATE FARGATE_SPOT" : "",
        ),
        sh`aws logs create-log-group --log-group-name=/ecs/${name}`,
      ],
    },
    {
      say: "Register a task, here an example with AWS's own image; put in image, ports, roles (`--execution-role-arn`, `--task-role-arn`) and secrets (`secrets`, never `environment`).",
      changes: true,
      commands: [task(name, launch, region)],
    },
    {
      say:
        launch === "EC2"
          ? "Then `aws ecs create-capacity-provider` for an Auto Scaling group, and `aws ecs create-service` with subnets and groups from step 1, at least two tasks and a deployment circuit breaker; each asks a person or says what it needs."
          : "Then `aws ecs create-service` with subnets and groups from step 1, at least two tasks and a deployment circuit breaker, behind a target group; it asks a person.",
      changes: true,
    },
    {
      say: "Verify, until the tasks that are wanted run.",
      commands: [
        sh`aws ecs list-services --cluster=${name} --query 'serviceArns[]' --output text | xargs -r -n 1 aws ecs describe-services --cluster=${name} --query 'services[].[serviceName,desiredCount,runningCount,events[0].message]' --services`,
      ],
    },
  ],
  report: "what was made, what is missing (network, roles, balancer), what it costs an hour, and how tasks scale.",
});

const task = (name: string, launch: Launch, region: string): string => {
  const container = {
    name: "web",
    image: "public.ecr.aws/nginx/nginx:stable",
    essential: true,
    portMappings: [{ containerPort: 80 }],
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": `/ecs/${name}`, "awslogs-region": region, "awslogs-stream-prefix": "web" },
    },
  };
  return sh`aws ecs register-task-definition --family=${name}-web --requires-compatibilities ${launch} --network-mode awsvpc --cpu 256 --memory 512 --container-definitions `.concat(
    json([container]),
  );
};

const eks = (name: string): Page => ({
  goal: `Prepare the EKS cluster ${codeSpan(name)}, and verify it when it runs.`,
  steps: [
    {
      say: "See what exists, which versions are in standard support, and which subnets and roles there are.",
      commands: [
        sh`aws eks describe-cluster --name=${name}`,
        "aws eks describe-cluster-versions --query 'clusterVersions[].[clusterVersion,versionStatus,endOfStandardSupportDate]' --output table",
        ...NETWORK,
        "aws iam list-roles --query \"Roles[?AssumeRolePolicyDocument.Statement[?Principal.Service=='eks.amazonaws.com']].Arn\"",
      ],
      look: "subnets in two zones with room for pods, a cluster role; if there is none, a person makes it.",
    },
    {
      say: "Create it with `aws eks create-cluster`: `--role-arn`, `--resources-vpc-config` (private endpoint, no public one unless its callers are named), `--logging` with audit, `--encryption-config`, `--access-config authenticationMode=API`. It passes a role, and asks a person. Then `aws eks create-nodegroup` or Auto Mode, and `aws eks create-addon`.",
      changes: true,
    },
    {
      say: "Verify.",
      commands: [
        sh`aws eks describe-cluster --name=${name} --query 'cluster.[status,version,resourcesVpcConfig.endpointPublicAccess,health.issues]'`,
        sh`aws eks list-nodegroups --cluster-name=${name}`,
        sh`aws eks list-addons --cluster-name=${name}`,
        sh`aws eks list-access-entries --cluster-name=${name}`,
      ],
      look: "who may get in: access entries are what counts. What runs inside is seen with kubectl, on a person's machine.",
    },
  ],
  report:
    "the commands with every value filled in, for the person to approve; what each costs an hour; what is left to do inside the cluster.",
});
