/** What to write instead of a word that is reserved in shells; `undefined` for any other word. */
export const reservedHint = (word: string): string | undefined => RESERVED.get(word);

/** What to write instead of a command that a shell runs itself; `undefined` for any other word. */
export const builtinHint = (word: string): string | undefined => BUILTINS.get(word);

type Hints = ReadonlyMap<string, string>;

const hints = (of: Readonly<Record<string, string>>): Hints =>
  new Map(Object.entries(of).flatMap(([words, hint]) => words.split(" ").map((word) => [word, hint] as const)));

const CONDITION =
  "join commands with the operators for success and failure: `aws s3 ls s3://logs && echo yes || echo no`; tests are made by programs: `grep -q error notes.txt && echo found`";
const PLAIN = "write the commands themselves, joined by pipes, semicolons or newlines: `date; aws s3 ls | sort`";

// reserved in the grammar
const RESERVED = hints({
  "for select":
    "run one command for each item: `printf '%s\\n' one two | xargs -n 1 echo`, or write the commands one after the other: `echo one; echo two`",
  while: "run one command for each line: `cat names.txt | xargs -L 1 echo`",
  until: "there are commands that wait: `aws ec2 wait instance-running --instance-ids i-1`",
  "if elif else then fi case esac [[": CONDITION,
  "do done in": "run one command for each item: `printf '%s\\n' one two | xargs -n 1 echo`",
  "{ }": "commands need no group: `date; aws s3 ls`; quote a literal brace: `echo '{'`",
  "!": "leave it out, the answer has every exit code; for what runs after a failure: `aws s3 ls s3://logs || echo missing`",
  time: "leave it out, the answer says how long each stage took: `aws s3 ls | sort`",
  function: PLAIN,
  coproc: PLAIN,
});

// builtin in the grammar
const BUILTINS = hints({
  cd: "leave it out, file names are relative to the workspace: `head -n 5 reports/june.txt`",
  "export set unset":
    "settings are options, such as --profile and --region: `aws s3 ls --region eu-west-1`; the output of a command is written where it is needed: `aws ec2 describe-instances --instance-ids $(cat ids.txt)`",
  "source . eval exec alias": PLAIN,
  read: "run one command for each line: `cat names.txt | xargs -L 1 echo`, or write the output where it is needed: `aws ec2 describe-instances --instance-ids $(cat ids.txt)`",
  wait: "leave it out, every command is waited for: `date; aws s3 ls`",
  trap: "leave it out; for what runs after a failure: `aws s3 ls s3://logs || echo missing`",
});
