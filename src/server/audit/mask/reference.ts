/**
 * A text in a secret's place that is none: a file that the CLI reads, an ARN, a dynamic reference of CloudFormation, a
 * unit of time, and the place of what other commands give.
 */
export const isReference = (text: string): boolean => REFERENCES.some((like) => like.test(text));

const REFERENCES = [
  /^fileb?:\/\/\S+$/,
  /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:[\w+=,.@:/*-]+$/,
  /^\{\{resolve:(?:ssm|ssm-secure|secretsmanager):[\w:/+=.@-]+\}\}$/,
  // The unit of `AccessToken=hours`.
  /^(?:second|minute|hour|day)s$/,
  /^(?:\$\(…\)|\{\}|[\ud800\ud801])$/u,
];

/** Whether a dynamic reference of CloudFormation or a command substitution begins at this place of a text. */
export const isReferenceAt = (text: string, at: number): boolean => {
  BEGINS.lastIndex = at;
  return BEGINS.test(text);
};

const BEGINS = /\{\{resolve:[\w:/+=.@-]{1,512}\}\}|\$\(/y;
