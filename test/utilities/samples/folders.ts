import fc from "fast-check";
import type { Sample } from "../arbitrary-argv.js";

const folders = fc.array(fc.constantFrom("dir", ".", "./dir", "a.txt", "dir/b.txt", "./a.json", "missing", "(x"), {
  maxLength: 2,
});
const DAYS = ["1", "+1", "-1", "0", "-0.5", "100", "x"];
const NUMBERS = ["1", "+1", "-2", "0", "7x"];
const PATTERNS = ["*", "a*", "*.txt", "-print", "B.TXT", "[ab].*", "dir", "", "("];
const PATHS = ["*", "./*", "dir/*", "./dir/*", "./dir", "DIR", "*/b.txt", "-name"];
const EXPRESSIONS = [".*", "./[a-z]*\\.txt", "\\./dir/.*", "dir/\\(b\\|c\\)\\.txt", "(", "./a.(txt|json)"];
const TIMES = ["2001-01-01", "1 day ago", "tomorrow", "@0", "2030-01-31 12:00 UTC", "nonsense"];

/** What looks into the workspace or writes there. */
export const folderSamples: Readonly<Record<string, Sample>> = {
  ls: {
    operands: folders,
    // `..` lies outside of the workspace, and the times of reading change with each call.
    skip: ["-a", "--all", "-u"],
    values: {
      "block-size": ["1", "K", "'1", "4kB", "human-readable", "si", "MiB", "0"],
      hide: PATTERNS,
      ignore: PATTERNS,
      time: ["ctime", "status", "s", "birth", "c", "cr"],
      "time-style": ["full-iso", "long-iso", "iso", "locale", "+%s", "+%F %T", "+%Y\n%H", "+%5d", "is"],
      width: ["80", "0", "5", "010"],
      tabsize: ["8", "0", "4"],
    },
  },
  find: {
    operands: folders,
    skip: ["--warn"],
    dashes: [[], [], ["--"], ["-P"], ["-P", "--"]],
    values: {
      name: PATTERNS,
      iname: PATTERNS,
      path: PATHS,
      ipath: PATHS,
      regex: EXPRESSIONS,
      iregex: EXPRESSIONS,
      type: ["f", "d", "f,d", "l", "f,f", "ff", "x"],
      size: ["1", "+1", "-2", "0", "100c", "-1k", "+1M", "1G", "9w", "1K"],
      perm: ["644", "-644", "/222", "/u=x,g=x", "-u=r", "u=rw,go=r", "0755", "+x"],
      maxdepth: ["0", "1", "2", "x"],
      mindepth: ["0", "1", "2"],
      links: NUMBERS,
      inum: NUMBERS,
      uid: NUMBERS,
      gid: NUMBERS,
      mtime: DAYS,
      ctime: DAYS,
      mmin: DAYS,
      cmin: DAYS,
      newermt: TIMES,
      newerct: TIMES,
      newerat: TIMES,
      newerBt: TIMES,
      printf: [
        "%p\\n",
        "%P %s %y\\n",
        "%f|%h|%d\\n",
        "%-20p|%5s|\\t%m %M\\n",
        "%TY-%Tm-%Td\\n",
        "%%\\101\\0",
        "%H\\c x",
        "",
      ],
    },
  },
  tee: {
    operands: fc.array(fc.constantFrom("new.txt", "./new.txt", "dir/new.txt", "more.txt", "nowhere/new.txt", "dir"), {
      maxLength: 2,
    }),
  },
};
