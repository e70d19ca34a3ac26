/** What rules for secrets look for, to be put together in ways that nobody has thought of. */
export const PIECES = [
  ...["password", "Secret", "token", "X_KEY", "SecureString", "nextToken", "authorization", "--password", "Type: "],
  ...'"|\\"|\'|\\|=|:| |\n|\t|+--+|{|}|[|],|,|;|&|<|>|/|(|-|_'.split("|"),
  ...["|", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "Private-Lines: 1", "://", "@", "eyJ", "."],
  ...["a", "A1b2", "0123456789abcdef", "Ab1/".repeat(10), `AKIA${"A".repeat(16)}`, "Value", '"S"', "Bearer ", "\\n"],
  ...["[redacted: ", "arn:", "SG.", "xoxb-", "ghp_", "QVdTOm", "IQoJb3JpZ2lu", "X-Amz-Signature=", "\u001b[0m"],
];

/** Beginnings over and over, with nothing of what they would end with. */
export const HOSTILE = [
  ...["AKIA", `AKIA${"A".repeat(16)} `, "eyJ", "eyJaaaaaaaaa.", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----\n"],
  ...[
    "-----END PRIVATE KEY-----\n",
    `-----BEGIN RSA PRIVATE KEY-----\n${"A".repeat(64)}\n`,
    "Private-Lines: 1\naaaa\n",
  ],
  ...[
    "password=",
    "password: ",
    '"password":"',
    '"password":',
    '\\"password\\":\\"',
    '"password","Value":"',
    "password|",
  ],
  ...["| password | x ", "password\t", "+--+\n| password |\n", "--password ", "X_KEY=", 'X_KEY="', "SecureString|"],
  ...["token=a,", "token;a=", "password,Value=", "nextToken=", "<password>", "authorization: basic ", "Bearer "],
  ...["://a:a@", "://a:", "://:@", "X-Amz-Signature=", "AWS4-HMAC-SHA256 Credential=a, ", `${"Ab1/".repeat(10)}\n`],
  ...[`SG.${"a".repeat(127)}.${"a_".repeat(200)} `, "sk-proj-", "sk-ant-api03-", "xoxb-a-", `ghp_${"a".repeat(36)} `],
  ...[
    `ops_ey${"fQ".repeat(600)}`,
    "secretlint-disable\n",
    "\u001b[0m",
    " ",
    "\t",
    "\n",
    "a",
    "A1",
    "\\",
    '"',
    "'",
    "|",
  ],
];

/** A text of so many UTF-16 units. */
export const repeated = (part: string, size: number): string =>
  part.repeat(Math.ceil(size / part.length)).slice(0, size);
