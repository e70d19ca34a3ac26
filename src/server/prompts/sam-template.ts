import type { Catalogue } from "../../catalogue/service-table.js";

/** What is taken where nobody chooses. */
export const STANDARD_RUNTIME = "python3.13";

/** The runtimes that the catalogue's Lambda model knows and Lambda still makes functions of, likeliest and newest first. */
export const lambdaRuntimes = (catalogue: Catalogue): readonly string[] => {
  const known = catalogue.service("lambda")?.operation("create-function")?.options.get("runtime")?.known ?? [];
  return known.filter((name) => !ENDED.test(name)).toSorted((a, b) => rank(a) - rank(b) || newer(a, b));
};

const FAMILIES = ["python", "nodejs", "java", "dotnet", "ruby", "provided"];

const rank = (runtime: string): number => {
  if (runtime === STANDARD_RUNTIME) return -1;
  const family = FAMILIES.indexOf(/^[a-z]+/.exec(runtime)?.[0] ?? "");
  return family < 0 ? FAMILIES.length : family;
};

// `python3.10` is newer than `python3.9`.
const newer = (a: string, b: string): number => b.localeCompare(a, "en", { numeric: true });

// AWS Lambda developer guide, "Deprecated runtimes": functions of these cannot be made any more.
const ENDED =
  /^(?:nodejs(?:[468]\..*|4\.3-edge|1[0-8]\.x)?|java8|python(?:2\.7|3\.[6-9])|dotnetcore.*|dotnet6|go1\.x|ruby2\.[57]|ruby3\.2|provided)$/;

const CODE: Readonly<Record<string, string>> = {
  python:
    'import json\n\ndef handler(event, context):\n    return {"statusCode": 200, "body": json.dumps({"ok": True})}\n',
  nodejs: "exports.handler = async () => ({ statusCode: 200, body: JSON.stringify({ ok: true }) });\n",
};

/** An application of one function, an HTTP API and a table; whole where Lambda takes the code inside the template. */
export const samTemplate = (runtime: string) => {
  const code = CODE[/^[a-z]+/.exec(runtime)?.[0] ?? ""];
  return {
    isWhole: code !== undefined,
    body: {
      AWSTemplateFormatVersion: "2010-09-09",
      Transform: "AWS::Serverless-2016-10-31",
      Resources: {
        Table: { Type: "AWS::Serverless::SimpleTable", Properties: { SSESpecification: { SSEEnabled: true } } },
        Api: {
          Type: "AWS::Serverless::HttpApi",
          Properties: { Auth: { EnableIamAuthorizer: true, DefaultAuthorizer: "AWS_IAM" } },
        },
        Function: {
          Type: "AWS::Serverless::Function",
          Properties: {
            Runtime: runtime,
            Handler: "index.handler",
            Architectures: ["arm64"],
            MemorySize: 256,
            Timeout: 10,
            Tracing: "Active",
            ...(code === undefined ? { CodeUri: "s3://BUCKET/app.zip" } : { InlineCode: code }),
            Environment: { Variables: { TABLE: { Ref: "Table" } } },
            Policies: [{ DynamoDBCrudPolicy: { TableName: { Ref: "Table" } } }],
            Events: { Any: { Type: "HttpApi", Properties: { ApiId: { Ref: "Api" } } } },
          },
        },
      },
      Outputs: { Url: { Value: { "Fn::GetAtt": ["Api", "ApiEndpoint"] } } },
    },
  };
};
