// Stands in for the AWS CLI where a test needs one that is slow. The test puts `#!NODE` before it.
// It says `started` and ends after as many seconds as `--cli-read-timeout` says, else 60; `describe-availability-zones`
// ignores TERM besides.
const { writeSync } = require("node:fs");

const option = "--cli-read-timeout=";
const seconds = Number(process.argv.find((word) => word.startsWith(option))?.slice(option.length) ?? 60);
if (process.argv.includes("describe-availability-zones")) process.on("SIGTERM", () => undefined);
writeSync(1, "started\n");
setTimeout(() => process.exit(0), seconds * 1000);
