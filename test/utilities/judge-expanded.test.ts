import { describe, expect, it } from "vitest";
import { UNKNOWN_ITEM, UNKNOWN_OUTPUT } from "../../src/plan/unknown.js";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { marked } from "../plan/marked.js";
import { grammars } from "./grammar-files.js";

const match = (text: string) => {
  const words = marked(text);
  return matchUtility(
    grammars,
    words.map((word) => word.text),
    "/ws",
    (argument) => words[argument]?.expanded ?? [],
  );
};

/** The canonical argv with `«»` for what is not known, or the code of the refusal. */
const read = (text: string): string => {
  const matched = match(text);
  return matched.ok ? matched.value.argv.join(" ").replaceAll(UNKNOWN_OUTPUT, "«»") : matched.error.code;
};

const refused = (text: string) => {
  const matched = match(text);
  return matched.ok ? matched.value : matched.error;
};

describe("matchUtility with words from the output of other commands", () => {
  it.each([
    ["head -n «»", "head --lines=«»"],
    ["head -n «5»", "head --lines=5"],
    ["head -n«»", "head --lines=«»"],
    ["head -n1«»", "head --lines=1«»"],
    ["head --lines=«»", "head --lines=«»"],
    ["head --lines «»", "head --lines=«»"],
    ["head --li=«»", "head --lines=«»"],
    ["head -qn«»", "head --quiet --lines=«»"],
    ["head -q -n -«»", "head --quiet --lines=-«»"],
    ["sort -t «» -k «»", "sort --field-separator=«» --key=«»"],
    ["sort -S «»", "sort --buffer-size=«»"],
    ["grep «»", "grep -- «»"],
    ["grep -e «» -v notes.txt", "grep --regexp=«» --invert-match -- /ws/notes.txt"],
    ["grep -F -- «» notes.txt", "grep --fixed-strings -- «» /ws/notes.txt"],
    ["grep --color=«» x", "grep --color=«» -- x"],
    ["sort --check=«»", "sort --check=«»"],
    ["tr «» «»", "tr -- «» «»"],
    ["cut -d, -f«»", "cut --delimiter=, --fields=«»"],
    ["seq 1 «»", "seq -- 1 «»"],
    ["date -d «» +%s", "date --date=«» -- +%s"],
    ["basename «» .txt", "basename -- «» .txt"],
    ["shuf -e a «» c", "shuf --echo -- a «» c"],
    ["echo «»", "echo «»"],
    ["echo -n «» b", "echo -n «» b"],
    ["echo a-«»", "echo a-«»"],
    ["printf %s\\n «» «»", "printf -- %s\\n «» «»"],
    ["printf «»", "printf -- «»"],
    ["xxd -l «»", "xxd -l «»"],
    ["xxd -l«»", "xxd -l «»"],
    ["find . -name «» -newermt «»", "find . -name «» -newermt «»"],
    ["find . -name -«»", "find . -name -«»"],
    ["jq --arg id «» .[$id]", "jq --arg id «» .[$id]"],
    ["jq -n --args $ARGS «»", "jq --null-input $ARGS --args «»"],
    ["jq --indent «» .", "jq --indent «» ."],
    ["awk -v id=«» $1==id", "gawk --sandbox --assign=id=«» -- $1==id"],
    ["awk -F «» NF", "gawk --sandbox --field-separator=«» -- NF"],
    ["sed -l «» p", "sed --sandbox --line-length=«» -- p"],
  ])("takes %s as data", (text, argv) => expect(read(text)).toBe(argv));

  it("takes an item of xargs as it takes output", () => {
    const matched = matchUtility(grammars, ["grep", "-e", UNKNOWN_ITEM], "/ws", (argument) =>
      argument === 2 ? [{ start: 0, end: 1 }] : [],
    );
    expect(matched.ok && matched.value.argv).toEqual(["grep", `--regexp=${UNKNOWN_ITEM}`]);
  });

  it.each([
    ["«» -n 5", "expansion-program"],
    ["«head» -n 5", "expansion-program"],
    ["he«ad» -n 5", "expansion-program"],
    ["head «-n» 5", "expansion-option"],
    ["head -«» 5", "expansion-option"],
    ["head -«n» 5", "expansion-option"],
    ["head -«n5»", "expansion-option"],
    ["head -n«»x«»", "head --lines=«»x«»"],
    ["head -q«»", "expansion-option"],
    ["head -q«n5»", "expansion-option"],
    ["head -«»", "expansion-option"],
    ["head -«5»", "expansion-option"],
    ["grep -i«5» x", "expansion-option"],
    ["head --«»", "expansion-option"],
    ["head --«lines=5»", "expansion-option"],
    ["head --lines«»", "expansion-option"],
    ["head --lines«=5»", "expansion-option"],
    ["head --li«»=5", "expansion-option"],
    ["head --li«nes»=5", "expansion-option"],
    ["head --lines=5 «--»", "expansion-option"],
    ["head --nope=«»", "unknown-option"],
    ["head --quiet=«»", "unexpected-value"],
    ["head -n «-5»", "expansion-option"],
    ["grep -- «-x»", "expansion-option"],
    ["grep -- -«x»", "expansion-option"],
    ["grep -e «-x» y", "expansion-option"],
    ["echo «-n»", "expansion-option"],
    ["echo -«»", "expansion-option"],
    ["echo -«n»", "expansion-option"],
    ["echo -n«e»", "expansion-option"],
    ["echo --«»", "expansion-option"],
    ["printf --«help»", "expansion-option"],
    ["printf «--help»", "expansion-option"],
    ["printf -«v» x", "expansion-option"],
    ["seq -«5» 3", "expansion-option"],
    ["seq -5«0» 3", "expansion-option"],
    ["xxd -«l» 5", "expansion-option"],
    ["xxd -l«en» 5", "expansion-option"],
    ["xxd -le«n» 5", "expansion-option"],
    ["jq «--raw-output» .", "expansion-option"],
    ["jq -«r» .", "expansion-option"],
    ["jq --«arg» a b .", "expansion-option"],
    ["find . «-delete»", "expansion-option"],
    ["find . -«delete»", "expansion-option"],
    ["find . «»", "expansion-path"],
    ["find . -name x «!»", "expansion-option"],
    ["find . -name x «)»", "expansion-option"],
    ["find «(» -name x )", "expansion-option"],
    ["strings «@x»", "expansion-option"],
    ["tr a b «»", "extra-operand"],
    ["jq «»", "expansion-program-text"],
    ["jq .[«»]", "expansion-program-text"],
    ["jq «.a»", "expansion-program-text"],
    ["jq -n «input»", "expansion-program-text"],
    ["awk «»", "expansion-program-text"],
    ["awk {print$«1»}", "expansion-program-text"],
    ["awk -e «» x", "expansion-program-text"],
    ["sed s/«»/b/", "expansion-program-text"],
    ["sed -e s/a/«b»/ -e p", "expansion-program-text"],
    ["sed -e«p»", "expansion-program-text"],
    ["cat «»", "expansion-path"],
    ["cat «notes.txt»", "expansion-path"],
    ["cat notes-«1».txt", "expansion-path"],
    ["grep x «»", "expansion-path"],
    ["jq . «»", "expansion-path"],
    ["find «» -name x", "expansion-path"],
    ["ls «reports»", "expansion-path"],
    ["tee «»", "expansion-path"],
    ["tee out-«x».txt", "expansion-path"],
    ["cat -- «»", "expansion-path"],
    ["cat «-»", "expansion-option"],
  ])("judges %s: %s", (text, code) => expect(read(text)).toBe(code));

  it("looks at the kind of a value as soon as it is known", () => {
    expect(read("head -n «»")).toBe("head --lines=«»");
    expect(read("head -n «5 x»")).toBe("bad-value");
    expect(read("sort --check=«sil»")).toBe("sort --check=silent");
    expect(read("jq --arg «ENV» x .")).toBe("bad-value");
    expect(read("date -d «» +%s")).toBe("date --date=«» -- +%s");
    expect(read('date -d «TZ="/etc/x" now»')).toBe("bad-value");
  });

  it("takes text behind a blank for text, where a hyphen stands first", () => {
    const words = [marked("echo")[0], { text: "- item", span: { start: 0, end: 6 }, expanded: [{ start: 2, end: 6 }] }];
    const matched = matchUtility(
      grammars,
      words.map(({ text }) => text),
      "/ws",
      (argument) => words[argument]?.expanded ?? [],
    );
    expect(matched.ok && matched.value.argv).toEqual(["echo", "- item"]);
  });

  it("refuses the character of an unknown value where nothing is marked", () => {
    const code = (argv: readonly string[], start: number, end: number) => {
      const matched = matchUtility(grammars, argv, "/ws", (argument) => (argument === 1 ? [{ start, end }] : []));
      return matched.ok ? "ok" : `${matched.error.code} ${matched.error.argument}`;
    };
    expect(matchUtility(grammars, ["echo", UNKNOWN_OUTPUT], "/ws")).toMatchObject({
      ok: false,
      error: { code: "lone-surrogate", argument: 1 },
    });
    expect(code(["echo", `a${UNKNOWN_OUTPUT}`], 0, 1)).toBe("lone-surrogate 1");
    expect(code(["echo", "a", UNKNOWN_ITEM], 0, 1)).toBe("lone-surrogate 2");
    expect(code(["echo", UNKNOWN_OUTPUT], 0, 1)).toBe("ok");
  });

  it("refuses parts that lie outside of their word, or are empty", () => {
    const code = (start: number, end: number) => {
      const matched = matchUtility(grammars, ["echo", "abc"], "/ws", (argument) =>
        argument === 1 ? [{ start, end }] : [],
      );
      return matched.ok ? "ok" : matched.error.code;
    };
    expect([code(0, 3), code(3, 3), code(2, 4), code(-1, 2), code(2, 1)]).toEqual([
      "ok",
      "expansion-option",
      "expansion-option",
      "expansion-option",
      "expansion-option",
    ]);
  });

  it.each([
    [
      "head --«» 5",
      {
        code: "expansion-option",
        argument: 1,
        message: "`--$(…)` could be an option of `head`, and none comes from the output of other commands",
        hint: 'run the inner command in a call of its own, then write the option out; its value alone may be data, as in `head -n "$(…)"`',
      },
    ],
    [
      "«»",
      {
        code: "expansion-program",
        argument: 0,
        message: "`$(…)` is the name of a program, and none comes from the output of other commands",
        hint: "write the name out, as in `aws s3 ls | sort`, and the data as one of its arguments",
      },
    ],
    [
      "cat x «a\nb»",
      {
        code: "expansion-path",
        argument: 2,
        message: "`a␊b` is the name of a file for `cat`, and none comes from the output of other commands",
        hint: "run the inner command in a call of its own, then name the file, as in `cat notes.txt`",
      },
    ],
    [
      "jq .[«»]",
      {
        code: "expansion-program-text",
        argument: 1,
        message: "`.[$(…)]` is a program that `jq` runs, and no part of one comes from the output of other commands",
        hint: "hand the data in as a variable, as in `jq --arg id \"$(…)\" '.[] | select(.Id == $id)'`",
      },
    ],
    ["tr a b «»", { message: "`tr` takes no further operand, so `$(…)` is one too many" }],
  ])("says why it refuses %s", (text, refusal) => expect(refused(text)).toMatchObject(refusal));
});
