import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder in which a program that looks around finds a canary, and in which nothing may change. */
export type Nest = {
  /** Where programs run. */
  readonly work: string;
  /** A file beside it that holds the canary. */
  readonly secret: string;
  readonly canary: string;
  /** A file for whoever uses the nest; nobody minds when it changes. */
  readonly list: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What is not as it was but for the files that may be made; it is put back. */
  changed(allowed?: readonly string[]): string | undefined;
  remove(): void;
};

/** `inside`: the canary is in files of the working folder too, under the names that programs load. */
export const nest = (inside: boolean): Nest => {
  const folder = mkdtempSync(join(tmpdir(), "awspipe-fuzz-"));
  const canary = `tweet-${Math.random().toString(36).slice(2)}`;
  const work = join(folder, "work");
  lay(folder, work, canary, inside);
  const list = join(folder, "items");
  writeFileSync(list, "");
  const files = () => contents(folder, list);
  const before = files();
  return {
    work,
    secret: join(folder, "secret.txt"),
    canary,
    list,
    environment: {
      PATH: "/usr/bin:/bin",
      LC_ALL: "C.UTF-8",
      TZ: "UTC",
      AWKPATH: work,
      ...Object.fromEntries(["CANARY", "USER", "PAGER", "AWS_SECRET_ACCESS_KEY"].map((name) => [name, canary])),
      HOME: `/nonexistent/${canary}`,
    },
    changed: (allowed = []) => {
      const after = files();
      const other = [...before.keys(), ...after.keys()].filter((path) => before.get(path) !== after.get(path));
      if (other.length === 0) return undefined;
      rmSync(work, { recursive: true, force: true });
      lay(folder, work, canary, inside);
      return other.find((path) => !allowed.includes(path));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Programs may run as somebody who owns nothing, so that everybody may write. */
const lay = (folder: string, work: string, canary: string, inside: boolean): void => {
  chmodSync(folder, 0o755);
  mkdirSync(join(work, "dir"), { recursive: true });
  const texts = {
    "../secret.txt": `${canary}\n`,
    "input.txt": "a b c\nfoo=1,2\n\nx\ty é\n",
    "input.json": '{"a":1,"env":{"b":[1,2]},"Tags":[{"Key":"k","Value":"v"}]}\n[1,"x",null]\n',
    "dir/notes.txt": "one\ntwo\n",
  };
  const loaded = {
    "secret.txt": `${canary}\n`,
    "m.jq": `def canary: "${canary}";`,
    "d.json": `"${canary}"`,
    "m.awk": `function canary() { return "${canary}" }`,
  };
  const all = { ...texts, ...(inside && loaded) };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(work, name), text);
  chmodSync(work, 0o777);
};

const contents = (folder: string, but: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => path !== but)
      .map((path) => [path, readFileSync(path, "latin1")]),
  );
