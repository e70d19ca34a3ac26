import { describe, expect, it } from "vitest";
import { mayBeSecret, secretNaming } from "../../../../src/server/audit/mask/secret-naming.js";

const says = (names: string) => [...new Set(names.split(" ").map(secretNaming))];

describe("secretNaming", () => {
  it("knows secrets by the names of options, members, variables and headers", () => {
    expect(
      says(
        "secret-string SecretString master-user-password MasterUserPassword passwords auth-token DB_PASS db.password /app/db/password private-key PrivateKeyPem client-secret OneTimePassword token-code authentication-code1 sse-c-key SSECustomerKey PSK sharedPsk set-cookie ResetToken",
      ),
    ).toEqual(["secret"]);
  });

  it("leaves alone what only has to do with one", () => {
    expect(
      says(
        "secret-id SecretArn secret-name password-length PasswordPolicy token-type http-tokens kms-key-id key-name zip-code exit-code stop compass ClientId",
      ),
    ).toEqual([undefined]);
  });

  it("tells what may be one from what pages and what is a type", () => {
    expect(says("Authorization EncryptionKey STRIPE_KEY")).toEqual(["perhaps"]);
    expect(says("next-token ClientRequestToken starting-token")).toEqual(["handle"]);
    expect(says("SecureString")).toEqual(["secret-type"]);
  });
});

describe("mayBeSecret", () => {
  it("takes an option that does not exist for one that was meant for a secret", () => {
    const names = [
      "secret-strng",
      "passwrd-x",
      "authToken",
      "some-credential",
      "user-data",
      "secret-id",
      "passport-name",
      "region",
    ];
    expect(names.filter(mayBeSecret)).toEqual([
      "secret-strng",
      "passwrd-x",
      "authToken",
      "some-credential",
      "user-data",
    ]);
  });
});
