/** A way to write a value as one word of a command, or so that nobody can run it. */
export type Writing = { readonly name: string; readonly write: (value: string) => string };

const hex = (character: string): string => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`;
const unicode = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Every character as JSON may write it by its number. */
export const inNumbers = (text: string): string => text.replace(/[\s\S]/g, unicode);

export const single = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export const writings: readonly Writing[] = [
  { name: "single quotes", write: single },
  { name: "double quotes", write: (text) => `"${text.replace(/["\\$`]/g, "\\$&")}"` },
  { name: "dollar quotes", write: (text) => `$'${text.replace(/[\x20-\x7e]/g, hex)}'` },
  { name: "backslashes", write: (text) => text.replace(/[^\n]/gu, "\\$&") },
  { name: "pieces", write: (text) => `${single(text.slice(0, 3))}"${text.slice(3).replace(/["\\$`]/g, "\\$&")}"` },
  { name: "a quote that is never closed", write: (text) => `'${text.replaceAll("'", "")}` },
  { name: "a file to write to", write: (text) => `${single(text)} > out.txt` },
  { name: "a variable before it", write: (text) => `$HOME${single(text)}` },
];

const shorthand = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

type Place = {
  readonly name: string;
  /** The word that holds the secret. */
  readonly value: (secret: string) => string;
  /** The command around that word. */
  readonly command: (word: string) => string;
};

const plain = (secret: string): string => secret;

const option =
  (command: string) =>
  (word: string): string =>
    `${command} ${word}`;

/** Places that a secret's name, a model's mark or a name beside it makes secret. */
export const places: readonly Place[] = [
  ...[
    "aws secretsmanager create-secret --name s --secret-string",
    "aws secretsmanager put-secret-value --secret-id s --secret-st",
    "aws iam create-login-profile --user-name b --password",
    "aws docdb modify-db-cluster --db-cluster-identifier c --master-user-password",
    "aws elasticache modify-replication-group --replication-group-id r --auth-token-update-strategy SET --auth-token",
    "aws ssm put-parameter --type SecureString --name /p --value",
    "aws ec2 run-instances --image-id ami-0123456789abcdef0 --user-data",
    "aws codebuild import-source-credentials --server-type GITHUB --auth-type PERSONAL_ACCESS_TOKEN --token",
    "aws apigateway create-api-key --value",
    "aws configure set aws_secret_access_key",
    "aws s3 ls | xargs -n 1 aws iam create-login-profile --user-name b --password",
    "aws nothing at-all --some-password",
    "aws iam list-users | jq --arg password",
  ].map((command) => ({ name: command, value: plain, command: option(command) })),
  {
    name: "an option's word",
    value: plain,
    command: (word) => `aws iam create-login-profile --user-name b --password=${word}`,
  },
  {
    name: "input in JSON",
    value: (secret) => JSON.stringify({ SecretId: "s", SecretString: secret }),
    command: option("aws secretsmanager put-secret-value --cli-input-json"),
  },
  {
    name: "input in JSON, by numbers",
    value: (secret) => `{"MasterUserPassword":"${inNumbers(secret)}","DBClusterIdentifier":"c","Engine":"docdb"}`,
    command: option("aws docdb create-db-cluster --cli-input-json"),
  },
  {
    name: "an item",
    value: (secret) => JSON.stringify({ id: { S: "1" }, password: { S: secret } }),
    command: option("aws dynamodb put-item --table-name t --item"),
  },
  {
    name: "JSON in JSON",
    value: (secret) => JSON.stringify([{ Source: "a", Detail: JSON.stringify({ db: { apiToken: secret } }) }]),
    command: option("aws events put-events --entries"),
  },
  {
    name: "JSON in JSON in JSON",
    value: (secret) => JSON.stringify({ body: JSON.stringify({ more: JSON.stringify({ clientSecret: [secret] }) }) }),
    command: option(
      "aws sqs send-message --queue-url https://sqs.us-east-1.amazonaws.com/123456789012/q --message-body",
    ),
  },
  {
    name: "JSON that is none",
    value: (secret) => `{"password": ${JSON.stringify(secret)}, "password": 1,}`,
    command: option(
      "aws sqs send-message --queue-url https://sqs.us-east-1.amazonaws.com/123456789012/q --message-body",
    ),
  },
  {
    name: "shorthand",
    value: (secret) => `ConsoleAccess=true,Password=${shorthand(secret)},Username=u`,
    command: option("aws mq create-broker --broker-name b --users"),
  },
  {
    name: "a name and a value in shorthand",
    value: (secret) => `ParameterKey=DBPassword,ParameterValue=${shorthand(secret)}`,
    command: option("aws cloudformation create-stack --stack-name s --parameters ParameterKey=Env,ParameterValue=prod"),
  },
  {
    name: "a name and a value in JSON",
    value: (secret) => JSON.stringify([{ value: secret, name: "DB_PASSWORD", type: "PLAINTEXT" }]),
    command: option("aws codebuild start-build --project-name p --environment-variables-override"),
  },
  {
    name: "a map that the model marks",
    value: (secret) => JSON.stringify({ Variables: { COLOR: secret } }),
    command: option("aws lambda update-function-configuration --function-name f --environment"),
  },
  {
    name: "an assignment as a word",
    value: (secret) => `DBPassword=${secret}`,
    command: option("aws cloudformation deploy --stack-name s --template-file t.yaml --parameter-overrides Env=prod"),
  },
  { name: "an environment", value: plain, command: (word) => `AWS_SECRET_ACCESS_KEY=${word} aws s3 ls` },
  { name: "a program", value: (secret) => JSON.stringify({ password: secret }), command: option("echo") },
];
