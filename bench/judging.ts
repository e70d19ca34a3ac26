import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { median, timed } from "./median.js";
import type { Row } from "./row.js";

const count = 20_000;

// Allowed, refused and malformed; short and long; each kind of stage.
const commands = [
  "aws s3 ls",
  "aws s3 ls | sort -k 3 -r | head -n 5",
  "aws ec2 describe-instances --output json | jq -r '.Reservations[].Instances[].InstanceId' | sort | uniq -c",
  "aws ec2 describe-instances --filters Name=instance-type,Values=t3.micro --query 'Reservations[].Instances[].[InstanceId,State.Name]' --output text | column -t",
  "aws iam list-users --query 'Users[*].UserName' --output text | tr '\\t' '\\n' | grep -v admin | wc -l",
  "aws iam create-access-key --user-name alice",
  "aws s3 ls; cat /etc/passwd",
  "aws s3 ls | sort --reverce",
  "aws logs get-log-events --log-group-name a --log-stream-name \"b c\" | jq '.events | map(.message | ascii_downcase) | unique' | grep -i -E 'error|warn' | tail -n +3",
  "echo hi | tr h H | wc -c",
] as const;

/** What parsing and judging one command costs: in a warm process, and by the stream of `awspipe check --stdin`. */
export async function judging(server: string): Promise<readonly Row[]> {
  const check = await loadCheck(dirname(server));
  const each = medianMicroseconds(check);
  const perSecond = count / ((await timed(() => checkStream(server))) / 1000);
  return [
    {
      what: `parse and judge one command in a warm process, median of ${count} over ${commands.length} kinds`,
      ours: `${each.toFixed(0)} µs`,
      bash: "",
      compared: "",
      target: "under 50 µs",
      met: each < 50,
    },
    {
      what: `\`awspipe check --stdin\`, ${count} lines, start included`,
      ours: `${Math.round(perSecond)} lines/s`,
      bash: "",
      compared: "",
      target: "at least 5000 lines/s",
      met: perSecond >= 5000,
    },
  ];
}

type Check = (command: string) => unknown;

async function loadCheck(dist: string): Promise<Check> {
  const load = (name: string) => import(pathToFileURL(join(dist, name)).href);
  const [{ check }, { ruleBookOf }, { readSettings }] = await Promise.all(
    ["check.js", "start-engine.js", "settings.js"].map(load),
  );
  const book = ruleBookOf(readSettings({}), {}, "/workspace");
  return (command) => check(command, book);
}

function medianMicroseconds(check: Check): number {
  const once = (index: number) => {
    const command = commands[index % commands.length] ?? commands[0];
    const started = process.hrtime.bigint();
    check(command);
    return Number(process.hrtime.bigint() - started) / 1000;
  };
  for (let index = 0; index < count / 4; index += 1) once(index);
  return median(Array.from({ length: count }, (_, index) => once(index)));
}

async function checkStream(server: string): Promise<void> {
  const child = spawn(process.execPath, [server, "check", "--stdin"], { stdio: ["pipe", "pipe", "ignore"], env: {} });
  const closed = once(child, "close");
  let lines = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    lines += chunk.toString("latin1").split("\n").length - 1;
  });
  child.stdin.end(Array.from({ length: count }, (_, id) => requestLine(id)).join(""));
  await closed;
  if (lines !== count) throw new Error(`\`check --stdin\` answered ${lines} of ${count} lines`);
}

function requestLine(id: number): string {
  return `${JSON.stringify({ id, command: commands[id % commands.length] })}\n`;
}
