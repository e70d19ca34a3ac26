/** Progress goes to stderr, so that what a caller prints on stdout stays its own. */
export function say(line: string): void {
  process.stderr.write(`provision: ${line}\n`);
}
