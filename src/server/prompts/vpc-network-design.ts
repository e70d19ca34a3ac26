import { type CidrBlock, readCidrBlock, sixteenths } from "./cidr-block.js";
import { codeSpan } from "./code-span.js";
import { byName, nameTag } from "./name-tag.js";
import { type Page, prompt } from "./prompt.js";

export const vpcNetworkDesign = prompt({
  name: "vpc_network_design",
  title: "Design a VPC",
  description: "A VPC over three zones with public, private and data subnets, checked for overlaps, built step by step",
  parameters: {
    vpc_name: { about: "the VPC's name (tag Name)" },
    cidr_block: {
      about: "its IPv4 range, a private one between /16 and /24",
      standard: "10.0.0.0/16",
      offers: () => ["10.0.0.0/16", "10.1.0.0/16", "10.10.0.0/16", "172.16.0.0/16", "192.168.0.0/16"],
    },
  },
  write: ({ vpc_name: name, cidr_block: range }) => {
    if (!NAMES.test(name)) return badName(name);
    const block = readCidrBlock(range);
    return block === undefined || block.bits > 24 ? badRange(range) : design(name, range, block);
  },
});

// A filter of EC2 takes `*` and `?` for any characters, so that a subnet would go into another VPC.
const NAMES = /^[\w .:/=+@-]{1,120}$/;

const badName = (name: string): Page => ({
  goal: `Find a name for the VPC: ${codeSpan(name)} is none that it can be found by.`,
  notes: ["It has up to 120 letters, digits, blanks and `. : / = + - @ _`."],
  steps: [
    {
      say: "See which names are taken, then propose one.",
      commands: [`aws ec2 describe-vpcs --query "Vpcs[].[VpcId,Tags[?Key=='Name']|[0].Value]" --output table`],
    },
  ],
  report: "the name that you propose. Create nothing yet.",
});

const badRange = (range: string): Page => ({
  goal: `Find an address range for the VPC: ${codeSpan(range)} is none that can be divided.`,
  notes: [
    "It must be private (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10), have between 16 and 24 fixed bits, and begin at a multiple of its size, as `10.0.0.0/16` does.",
  ],
  steps: [
    {
      say: "See which ranges are taken, then propose one and ask the person.",
      commands: ["aws ec2 describe-vpcs --query 'Vpcs[].[VpcId,CidrBlock,CidrBlockAssociationSet[].CidrBlock]'"],
    },
  ],
  report: "the ranges in use and the one you propose. Create nothing yet.",
});

const design = (name: string, range: string, block: CidrBlock): Page => {
  const vpc = `"$(aws ec2 describe-vpcs ${byName(name)} --query 'Vpcs[0].VpcId' --output text)"`;
  const privateTable = `"$(aws ec2 describe-route-tables ${byName(`${name}-private`)} --query 'RouteTables[0].RouteTableId' --output text)"`;
  const parts = sixteenths(block, 9);
  return {
    goal: `Design and build the VPC ${codeSpan(name)} with ${codeSpan(range)}: three zones, three tiers.`,
    notes: [
      `Subnets: public ${parts.slice(0, 3).join(", ")}; private ${parts.slice(3, 6).join(", ")}; data ${parts.slice(6).join(", ")}. Seven more stay free.`,
    ],
    steps: [
      {
        say: "Look for overlaps, zones and quotas.",
        commands: [
          `aws ec2 describe-vpcs --query "Vpcs[].[VpcId,CidrBlock,IsDefault,Tags[?Key=='Name']|[0].Value]" --output table`,
          "aws ec2 describe-transit-gateways --query 'TransitGateways[].[TransitGatewayId,State]' --output table",
          "aws service-quotas list-service-quotas --service-code vpc --query 'Quotas[].[QuotaName,Value]' --output table",
        ],
        look: "ranges that overlap, since nothing joins the two later; a VPC of this name.",
      },
      {
        say: "Build the VPC and its first public subnet.",
        changes: true,
        commands: [
          `aws ec2 create-vpc --cidr-block ${range} ${nameTag("vpc", name)}`,
          `aws ec2 modify-vpc-attribute --enable-dns-hostnames --vpc-id ${vpc}`,
          `aws ec2 create-subnet --cidr-block ${parts[0] ?? range} --vpc-id ${vpc} --availability-zone ${ZONE} ${nameTag("subnet", `${name}-public-1`)}`,
        ],
      },
      {
        say: "Build the other eight subnets alike, then an Internet gateway (`aws ec2 create-internet-gateway`, `attach-internet-gateway`), one NAT gateway per zone or one for all, and a route table per tier, named like the VPC with `-public`, `-private`, `-data`; ids come from the answers.",
        changes: true,
      },
      {
        say: "Add gateway endpoints for S3 and DynamoDB, free, with every private route table, and flow logs (`aws ec2 create-flow-logs`, which asks a person).",
        changes: true,
        commands: [
          `aws ec2 create-vpc-endpoint --service-name com.amazonaws.$AWS_REGION.s3 --vpc-id ${vpc} --route-table-ids ${privateTable}`,
        ],
      },
      {
        say: "Verify.",
        commands: [
          "aws ec2 describe-subnets --query 'Subnets[].[VpcId,SubnetId,CidrBlock,AvailabilityZone]' --output table",
        ],
      },
    ],
    report:
      "tiers, zones and routes as a drawing in text, ranges left free, what NAT costs a month, what a person still decides (NAT per zone, DNS, peering).",
  };
};

const ZONE =
  "\"$(aws ec2 describe-availability-zones --filters Name=zone-type,Values=availability-zone --query 'AvailabilityZones[0].ZoneName' --output text)\"";
