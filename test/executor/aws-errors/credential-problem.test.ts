import { describe, expect, it } from "vitest";
import { credentialProblem } from "../../../src/executor/aws-errors/credential-problem.js";

describe("credentialProblem", () => {
  it("says who signs in again, and with which profile", () => {
    expect(
      credentialProblem(
        "aws: [ERROR]: Error when retrieving token from sso: Token has expired and refresh failed",
        "dev",
      ),
    ).toEqual({
      code: "aws-credentials-expired",
      message:
        "the SSO session has expired or was never opened; the AWS CLI says: Error when retrieving token from sso: Token has expired and refresh failed",
      hint: "the operator runs `aws sso login --profile dev` in a terminal, for no command here can; then send it again",
    });
  });

  it("says where the code of an MFA device is typed", () => {
    const words =
      "profile `ops` needs an MFA code, which cannot be typed here: run `aws sts get-caller-identity --profile ops` in a terminal first";
    expect(credentialProblem(words, "ops")).toMatchObject({
      code: "aws-mfa-needed",
      hint: "the operator opens the session in a terminal, as by `aws sts get-caller-identity --profile ops`; then send it again",
    });
  });

  it.each([
    ["Your session has expired. Please reauthenticate using 'aws login'."],
    ["Your session has expired or credentials have changed. Please reauthenticate using 'aws login'."],
  ])("knows the end of a session of `aws login`: %s", (words) => {
    expect(credentialProblem(words, "dev")).toMatchObject({
      code: "aws-credentials-expired",
      hint: "the operator runs `aws login --profile dev` in a terminal, for no command here can; then send it again",
    });
  });

  it("says that the operator's AWS_PROFILE names no profile where the command names none", () => {
    const words = "Unable to retrieve credentials: The config profile (nope) could not be found";
    const message = `the profile does not exist; the AWS CLI says: ${words}`;
    expect(credentialProblem(words, "nope", "operator")).toEqual({
      code: "no-credentials",
      message,
      hint: "the operator's AWS_PROFILE names no profile, and the operator corrects it; until then choose one of `aws://config/profiles` by `--profile NAME`",
    });
    expect(credentialProblem(words, "nope", "command")).toEqual({
      code: "no-credentials",
      message,
      hint: "leave `--profile nope` out, or the operator adds this profile to the AWS configuration",
    });
  });

  it("keeps its own code where there are none, and where the words say nothing", () => {
    const hint = "the operator gives them by AWS_PROFILE, by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by a role";
    const none = "no credentials were found for this command";
    expect(credentialProblem("", "default")).toEqual({ code: "no-credentials", message: none, hint });
    expect(credentialProblem("the AWS CLI answered\u001b without keys", "default")).toEqual({
      code: "no-credentials",
      message: `${none}; the AWS CLI says: the AWS CLI answered␛ without keys`,
      hint,
    });
    expect(credentialProblem("Unable to locate credentials", "default")).toMatchObject({
      code: "no-credentials",
      hint,
    });
  });
});
