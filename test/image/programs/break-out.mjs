// Runs in a container of the image, beside its server: words that no grammar has read, once with nothing that holds them and once
// as the server would hold a filter or the AWS CLI. Prints, for each, its status and its output in both.
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { awsProfile } from "/app/dist/executor/confine/aws-profile.js";
import { filterProfile } from "/app/dist/executor/confine/filter-profile.js";
import { makeMachine } from "/app/dist/executor/make-machine.js";
import { spawnStage } from "/app/dist/executor/spawn-stage.js";

const operator = { HOME: "/home/awspipe", PATH: "/usr/bin" };
const machine = makeMachine({
  cli: { path: "/usr/local/aws-cli/v2/current/bin/aws", allowV1: false, operator },
  sandbox: "required",
  egress: "off",
  temporary: "/tmp",
  operator,
  now: Date.now,
});
const confinement = await machine.confinement();
const folder = mkdtempSync("/tmp/break-out-");
const given = `${folder}/given`;
writeFileSync(given, "given\n");
const listening = createServer((socket) => socket.end("heard\n")).listen(0, "127.0.0.1");
await once(listening, "listening");
const address = `/inet/tcp/0/127.0.0.1/${listening.address().port}`;

const filters = {
  "a file that it was given": ["cat", given],
  "the accounts": ["cat", "/etc/passwd"],
  "the credentials": ["cat", "/home/awspipe/.aws/credentials"],
  "another process's environment": ["cat", "/proc/1/environ"],
  "what is in the root": ["find", "/", "-maxdepth", "1", "-name", "usr"],
  "a connection": ["gawk", `BEGIN { "${address}" |& getline line; print line }`],
  "another program": ["timeout", "5", "/usr/bin/echo", "run"],
  "a new file": ["tee", "/tmp/made"],
};
// The CLI takes keys from a file that its environment names; a stage gets them by value.
const keys = { AWS_SHARED_CREDENTIALS_FILE: "/home/awspipe/.aws/credentials", AWS_EC2_METADATA_DISABLED: "true" };
const needs = { reads: [], operands: [given], writes: [], cwd: folder, milliseconds: 20_000 };

const run = async (file, args, env, launcher) => {
  const [input, output] = [openSync(given, "r"), openSync(`${folder}/output`, "w")];
  const stdio = { stdin: input, stdout: output, stderr: openSync("/dev/null", "w") };
  const child = spawnStage({ file, args, env: { LC_ALL: "C", ...env }, cwd: folder, launcher, ...stdio });
  const exit = await child.exit;
  for (const descriptor of Object.values(stdio)) closeSync(descriptor);
  return { exit: exit.code ?? exit.signal ?? exit.reason, output: readFileSync(`${folder}/output`, "utf8").trim() };
};

const found = {};
for (const [what, [name, ...args]] of Object.entries(filters)) {
  const file = `/usr/bin/${name}`;
  const { words } = confinement.filter(filterProfile(file, needs).value, true);
  found[what] = { open: await run(file, args, {}, []), held: await run(file, args, {}, words) };
}
const aws = machine.path;
const asking = ["configure", "export-credentials", "--format", "env-no-export"];
const { words } = confinement.awsStage(awsProfile(aws, { ...needs, network: "any" }).value, []);
found["the credentials, by the AWS CLI"] = {
  open: await run(aws, asking, keys, []),
  held: await run(aws, asking, keys, words),
};
listening.close();
await machine.close();
console.log(JSON.stringify(found));
