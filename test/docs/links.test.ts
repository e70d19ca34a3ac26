import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./pages.js";

const PAGES = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"],
  ...["docs", "security", "bench", "fuzz", "grammar"].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => join(folder, name)),
  ),
];

type Link = { readonly page: string; readonly target: string };

const textOf = (page: string): string => {
  const path = join(ROOT, page);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
};

/** A page without its code, in which brackets are no links. */
const proseOf = (page: string): string =>
  textOf(page)
    .replaceAll(/^```.*?^```/gms, "")
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()<>]/g, ""));

const links: readonly Link[] = PAGES.flatMap((page) =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)|<(https?:[^>]+)>|(?:src|srcset)="([^"]+)"/g)].map(
    ([, inline, plain, image = ""]) => ({ page, target: inline ?? plain ?? image }),
  ),
);
const inside = links.filter(({ target }) => !/^[a-z]+:/.test(target));

/** The path in the repository, and the heading, that a link leads to. */
const destination = ({ page, target }: Link): { readonly path: string; readonly anchor: string } => {
  const [path = "", anchor = ""] = target.split("#");
  return { path: path === "" ? page : normalize(join(dirname(page), path)), anchor };
};

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): ReadonlySet<string> => {
  const seen = new Map<string, number>();
  const headings = textOf(page)
    .replaceAll(/^```.*?^```/gms, "")
    .matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = ""]) => {
      const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
      const anchor = words.replaceAll(/[^\p{L}\p{N}\p{Pc} -]/gu, "").replaceAll(" ", "-");
      const times = seen.get(anchor) ?? 0;
      seen.set(anchor, times + 1);
      return times === 0 ? anchor : `${anchor}-${times}`;
    }),
  );
};

describe("the pages of the repository", () => {
  it("are there", () => {
    expect(PAGES.filter((page) => !existsSync(join(ROOT, page)))).toEqual([]);
    expect(inside.length).toBeGreaterThan(80);
  });

  it("link files and folders that exist, and none outside", () => {
    const broken = inside.filter((link) => {
      const path = join(ROOT, destination(link).path);
      return relative(ROOT, path).startsWith("..") || !existsSync(path);
    });
    expect(broken).toEqual([]);
  });

  it("link headings that exist", () => {
    const broken = inside.filter((link) => {
      const { path, anchor } = destination(link);
      return anchor !== "" && !anchorsOf(path).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("link other places by https", () => {
    const elsewhere = links.filter(({ target }) => /^[a-z]+:/.test(target));
    expect(elsewhere.filter(({ target }) => !/^(https:|mailto:)/.test(target))).toEqual([]);
  });

  it("are all reached from README.md", () => {
    const reached = new Set(["README.md"]);
    for (const page of reached)
      for (const link of inside.filter((each) => each.page === page)) {
        const { path } = destination(link);
        if (path.endsWith(".md") && existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile())
          reached.add(path);
      }
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });
});
