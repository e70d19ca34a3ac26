import { rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { needAws } from "../../provision/needs.js";
import { operatorHome } from "../../server/aws-errors/operator-home.js";
import { type ReplyServer, replyServer } from "../../server/aws-errors/reply-server.js";
import { type Bench, benchMachine } from "../bench-machine.js";

// The engine looks for credentials before anything of a pipeline starts: here the real AWS CLI does it, for profiles that are broken.
let home: string;
let bench: Bench;
let service: ReplyServer;

const start = async (): Promise<void> => {
  home = operatorHome();
  const body =
    "<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/bob is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/reader</Message></Error></ErrorResponse>";
  service = await replyServer({ status: 403, headers: { "content-type": "text/xml" }, body });
  bench = benchMachine({
    cli: needAws(),
    profiles: ["base", "sso-expired", "role"],
    operator: { HOME: home, AWS_ENDPOINT_URL: `http://${service.host}`, AWS_EC2_METADATA_DISABLED: "true" },
  });
};

afterEach(async () => {
  bench.remove();
  rmSync(home, { recursive: true });
  await service.stop();
});

describe("a stage without credentials", () => {
  it("is not the same as one that may not, and says who does what", async () => {
    await start();
    expect(await bench.fail("aws s3 ls --profile sso-expired")).toEqual({
      kind: "failure",
      stage: 0,
      code: "aws-credentials-expired",
      message:
        "the SSO session has expired or was never opened; the AWS CLI says: Error when retrieving token from sso: Token has expired and refresh failed",
      hint: "the operator runs `aws sso login --profile sso-expired` in a terminal, for no command here can; then send it again",
    });
    expect(await bench.fail("aws s3 ls --profile role")).toMatchObject({
      code: "aws-role-denied",
      message: expect.stringMatching(
        /^the role of the profile may not be assumed; the AWS CLI says: An error occurred/,
      ),
    });
  });
});
