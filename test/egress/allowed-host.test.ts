import { describe, expect, it } from "vitest";
import { allowedHost, type EgressRules, type Endpoint } from "../../src/egress/allowed-host.js";
import { AWS_SUFFIXES } from "../../src/egress/aws-suffixes.js";

const rules = (endpoint?: Endpoint): EgressRules => ({ suffixes: AWS_SUFFIXES, endpoint });

/** What became of a host: where it may go, or the code that says why not. */
const outcome = (host: string, port: number, endpoint?: Endpoint): string => {
  const judged = allowedHost(host, port, rules(endpoint));
  return judged.ok ? judged.value.kind : judged.error.code;
};

const outcomes = (hosts: readonly string[], port = 443): readonly string[] =>
  hosts.map((host) => `${host}: ${outcome(host, port)}`);

const all = (hosts: readonly string[], expected: string): readonly string[] =>
  hosts.map((host) => `${host}: ${expected}`);

const AWS = `
  sts.amazonaws.com sts.us-east-1.amazonaws.com STS.US-EAST-1.AMAZONAWS.COM iam.amazonaws.com iam.global.api.aws
  s3.amazonaws.com s3.us-east-1.amazonaws.com my-bucket.s3.us-east-1.amazonaws.com my-bucket.s3.amazonaws.com
  s3.dualstack.eu-west-1.amazonaws.com b.s3-accelerate.amazonaws.com ap-123456789012.s3-accesspoint.us-east-1.amazonaws.com
  my.dotted.bucket.s3.eu-central-1.amazonaws.com bucket--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com
  elb.s3.us-east-1.amazonaws.com compute.s3.amazonaws.com es.s3.eu-west-1.amazonaws.com eks.s3.amazonaws.com
  123456789012.s3-control.us-west-2.amazonaws.com 123456789012.ddb.us-east-1.amazonaws.com
  ec2.us-east-1.amazonaws.com elasticloadbalancing.us-east-1.amazonaws.com rds.us-east-1.amazonaws.com
  es.us-east-1.amazonaws.com eks.us-east-1.amazonaws.com fips.eks.us-east-1.amazonaws.com airflow.us-east-1.amazonaws.com
  env.airflow.us-east-1.amazonaws.com kafka.us-east-1.amazonaws.com mq.us-east-1.amazonaws.com neptune-graph.us-east-1.amazonaws.com
  g-1234567890.us-east-1.neptune-graph.amazonaws.com api.mediatailor.us-east-1.amazonaws.com cloud9.us-east-1.amazonaws.com
  redshift.us-east-1.amazonaws.com redshift-serverless.us-east-1.amazonaws.com redshift-data.us-east-1.amazonaws.com
  memory-db.us-east-1.amazonaws.com elasticache.us-east-1.amazonaws.com cloudsearch.us-east-1.amazonaws.com
  api.ecr.us-east-1.amazonaws.com runtime.sagemaker.us-east-1.amazonaws.com abc123.endpoint.events.amazonaws.com
  123456789012.cloudfront-kvs.global.api.aws bedrock-agentcore.us-east-1.amazonaws.com sync-states.us-east-1.amazonaws.com
  ec2.cn-north-1.amazonaws.com.cn ec2.us-gov-west-1.amazonaws.com ec2.us-iso-east-1.c2s.ic.gov ec2.us-isob-east-1.sc2s.sgov.gov
  ec2.eusc-de-east-1.amazonaws.eu ec2.us-east-1.api.aws ec2.cn-north-1.api.amazonwebservices.com.cn
  eu-west-1.queue.amazonaws.com neptune-graph.us-east-1.on.aws g-1.neptune-graph.ap-southeast-2.on.aws`
  .trim()
  .split(/\s+/);

const ELSEWHERE = `
  example.com evil.example localhost metadata metadata.google.internal ip-10-0-0-1.ec2.internal
  amazonaws.com amazonaws.com.cn api.aws aws.amazon.com console.aws.amazon.com signin.aws.amazon.com us-east-1.signin.aws
  evil-amazonaws.com s3.evilamazonaws.com amazonaws.com.evil.com s3.amazonaws.com.evil.com s3.amazonaws.co
  s3.amazonaws.comm s3.amazonaws.com.co s3-amazonaws.com sts.amazonaws.org sts.api.aws.evil.io x.evil.aws
  abc.lambda-url.us-east-1.on.aws x.dsql.us-east-1.on.aws on.aws evil.neptune-graph.on.aws neptune-graph.on.aws
  a.b.neptune-graph.us-east-1.on.aws neptune-graph.us-east-1.on.aws.evil.com d111111abcdef8.cloudfront.net
  x.awsapprunner.com x.us-east-1.elasticbeanstalk.com x.amplifyapp.com x.awsglobalaccelerator.com`
  .trim()
  .split(/\s+/);

const CUSTOMERS = `
  ec2-203-0-113-25.compute-1.amazonaws.com ec2-203-0-113-25.eu-west-1.compute.amazonaws.com EC2-1-2-3-4.COMPUTE-1.AMAZONAWS.COM
  ec2-1-2-3-4.cn-north-1.compute.amazonaws.com.cn ec2-1-2-3-4.us-gov-west-1.compute.amazonaws.com
  my-lb-1234.us-east-1.elb.amazonaws.com my-nlb-12ab.elb.us-east-1.amazonaws.com internal-x.us-east-1.elb.amazonaws.com
  dualstack.my-lb-1.us-east-1.elb.amazonaws.com x.elb.cn-north-1.amazonaws.com.cn x.cn-north-1.elb.amazonaws.com.cn
  a1b2.execute-api.us-east-1.amazonaws.com d-abc.execute-api.eu-west-1.amazonaws.com a1b2.execute-api.us-east-1.api.aws
  abc.appsync-api.us-east-1.amazonaws.com abc.appsync-realtime-api.us-east-1.amazonaws.com
  vpce-0a-1b.s3.us-east-1.vpce.amazonaws.com bucket.vpce-0a-1b.s3.us-east-1.vpce.amazonaws.com vpce-0a.vpce-svc-0b.us-east-1.vpce.amazonaws.com
  ABC.gr7.us-east-1.eks.amazonaws.com ABC.yl4.cn-north-1.eks.amazonaws.com.cn ABC.eks-cluster.us-west-2.api.aws
  search-mine-abc.us-east-1.es.amazonaws.com vpc-mine-abc.us-east-1.es.amazonaws.com abc.us-east-1.aoss.amazonaws.com
  pipe-abc.us-east-1.osis.amazonaws.com search-x.us-east-1.cloudsearch.amazonaws.com
  db.abc.us-east-1.rds.amazonaws.com db.abc.rds.cn-north-1.amazonaws.com.cn c.abc.us-east-1.docdb.amazonaws.com
  c.cluster-abc.us-east-1.neptune.amazonaws.com r.abc.us-east-1.redshift.amazonaws.com
  w.123456789012.us-east-1.redshift-serverless.amazonaws.com x.abc.0001.use1.cache.amazonaws.com clustercfg.x.memorydb.us-east-1.amazonaws.com
  b-1.x.c2.kafka.us-east-1.amazonaws.com b-1234.mq.us-east-1.amazonaws.com fs-1.efs.us-east-1.amazonaws.com
  management.fs-1.fsx.us-east-1.amazonaws.com s-1.server.transfer.us-east-1.amazonaws.com
  abc.vfs.cloud9.us-east-1.amazonaws.com abc.c2.us-east-1.airflow.amazonaws.com g-abc.grafana-workspace.us-east-1.amazonaws.com
  p-abc.emrappui-prod.us-east-1.amazonaws.com es-abc.emrstudio-prod.us-east-1.amazonaws.com app.livy.emr-serverless-services.us-east-1.amazonaws.com
  edge-1.vai-1.prod.verified-access.us-west-2.amazonaws.com cvpn-endpoint-1.prod.clientvpn.us-east-1.amazonaws.com
  abc.mediatailor.us-east-1.amazonaws.com mcp-abc.gateway.bedrock-agentcore.us-east-1.amazonaws.com
  eice-1.abc.ec2-instance-connect-endpoint.us-east-1.amazonaws.com nd-1.managedblockchain.us-east-1.amazonaws.com`
  .trim()
  .split(/\s+/);

const ADDRESSES = `
  127.0.0.1 169.254.169.254 169.254.170.2 10.0.0.1 192.168.0.1 0.0.0.0 0 1.1.1.1 ::1 :: ::ffff:127.0.0.1 fd00:ec2::254
  fe80::1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 127.1 127.0.1 2852039166 0xa9fea9fe 0251.0376.0251.0376 0x 1.
  s3.amazonaws.com.1 s3.amazonaws.com.0x7f ::ffff:169.254.169.254 fe80::1%eth0`
  .trim()
  .split(/\s+/);

const MALFORMED = [
  "",
  "s3.amazonaws.com.",
  ".s3.amazonaws.com",
  "s3..amazonaws.com",
  "-s3.amazonaws.com",
  "s3-.amazonaws.com",
  "s3_x.amazonaws.com",
  "*.amazonaws.com",
  "s3%2eevil.com.amazonaws.com",
  "evil.com/.amazonaws.com",
  "evil.com#.amazonaws.com",
  "evil.com?.amazonaws.com",
  "evil.com\\.amazonaws.com",
  "user@s3.amazonaws.com",
  "s3.amazonaws.com@evil.com",
  "s3 .amazonaws.com",
  "s3\t.amazonaws.com",
  "s3.amazonaws.com\r\nHost",
  "s3.amazonaws.com\0.evil.com",
  "dynamodb\u3002amazonaws\u3002com",
  "\u212Ams.amazonaws.com",
  "s\u017Fs.amazonaws.com",
  "xn--80ak6aa92e.amazonaws.com",
  "bücher.amazonaws.com",
  "s3.amazonaws.com\u200b",
  `${"a".repeat(64)}.amazonaws.com`,
  `${"a.".repeat(125)}amazonaws.com`,
];

describe("allowedHost", () => {
  it("admits the hosts of AWS's services", () => {
    expect(outcomes(AWS)).toEqual(all(AWS, "aws"));
  });

  it("refuses every host that lies elsewhere", () => {
    expect(outcomes(ELSEWHERE)).toEqual(all(ELSEWHERE, "egress-host"));
  });

  it("refuses names of AWS's behind which a customer answers", () => {
    expect(outcomes(CUSTOMERS)).toEqual(all(CUSTOMERS, "egress-customer-host"));
  });

  it("refuses addresses in every spelling", () => {
    expect(outcomes(ADDRESSES)).toEqual(all(ADDRESSES, "egress-address"));
  });

  it("refuses what is not written as a host name", () => {
    expect(outcomes(MALFORMED)).toEqual(all(MALFORMED, "egress-malformed"));
  });

  it("admits AWS on port 443 alone", () => {
    const ports = [1, 22, 80, 442, 444, 3306, 8443, 65_535];
    const found = ports.map((port) => outcome("sts.us-east-1.amazonaws.com", port));
    expect(found).toEqual(ports.map(() => "egress-port"));
  });

  it("admits the operator's endpoint as it is written, at its port, and one label before it", () => {
    const minio: Endpoint = { scheme: "https", host: "minio.example.com", port: 9000 };
    const loopback: Endpoint = { scheme: "http", host: "127.0.0.1", port: 5000 };
    const six: Endpoint = { scheme: "http", host: "::1", port: 5000 };
    const vpce: Endpoint = { scheme: "https", host: "vpce-0a.s3.us-east-1.vpce.amazonaws.com", port: 443 };
    const cases = [
      ["minio.example.com", 9000, minio, "endpoint"],
      ["MINIO.example.com", 9000, minio, "endpoint"],
      ["bucket.minio.example.com", 9000, minio, "endpoint"],
      ["a.b.minio.example.com", 9000, minio, "egress-host"],
      ["evilminio.example.com", 9000, minio, "egress-host"],
      ["minio.example.com.evil.io", 9000, minio, "egress-host"],
      ["minio.example.com", 443, minio, "egress-host"],
      ["example.com", 9000, minio, "egress-host"],
      ["_.minio.example.com", 9000, minio, "egress-malformed"],
      ["sts.us-east-1.amazonaws.com", 443, minio, "aws"],
      ["127.0.0.1", 5000, loopback, "endpoint"],
      ["127.0.0.1", 5001, loopback, "egress-address"],
      ["127.1", 5000, loopback, "egress-address"],
      ["2130706433", 5000, loopback, "egress-address"],
      ["0x7f000001", 5000, loopback, "egress-address"],
      ["localhost", 5000, loopback, "egress-host"],
      ["x.127.0.0.1", 5000, loopback, "egress-address"],
      ["::ffff:127.0.0.1", 5000, loopback, "egress-address"],
      ["::1", 5000, six, "endpoint"],
      ["0:0:0:0:0:0:0:1", 5000, six, "egress-address"],
      ["vpce-0a.s3.us-east-1.vpce.amazonaws.com", 443, vpce, "endpoint"],
      ["bucket.vpce-0a.s3.us-east-1.vpce.amazonaws.com", 443, vpce, "endpoint"],
      ["vpce-0b.s3.us-east-1.vpce.amazonaws.com", 443, vpce, "egress-customer-host"],
    ] as const;
    const found = cases.map(([host, port, endpoint]) => `${host}:${port} ${outcome(host, port, endpoint)}`);
    expect(found).toEqual(cases.map(([host, port, , expected]) => `${host}:${port} ${expected}`));
  });

  it("says what was refused, and what is let through", () => {
    const hint =
      "commands reach AWS's own hosts on port 443 and the endpoint that the operator set; leave the host to the AWS CLI, and choose a region by `--region`";
    const refused = [
      ["evil.example", 443, "egress-host", "`evil.example` is no host of AWS's"],
      [
        "x.us-east-1.elb.amazonaws.com",
        443,
        "egress-customer-host",
        "`x.us-east-1.elb.amazonaws.com` is no service of AWS's but whatever a load balancer stands before",
      ],
      ["sts.amazonaws.com", 80, "egress-port", "port 80 of `sts.amazonaws.com` is not AWS's, 443 is"],
      ["a\n`b", 443, "egress-malformed", "`a␊`b` is not written as a host name of AWS's"],
    ] as const;
    expect(refused.map(([host, port]) => allowedHost(host, port, rules()))).toEqual(
      refused.map(([, , code, message]) => ({ ok: false, error: { code, message, hint } })),
    );
  });
});
