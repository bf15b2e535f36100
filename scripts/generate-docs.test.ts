import { afterAll, describe, expect, test } from "bun:test";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chatCloses, chatErrors, chatProtocol } from "@maru/protocol/chat";
import { goldenPayloads } from "@maru/protocol/golden";
import { pages } from "./docs/pages.ts";
import { stalePages, writePages } from "./docs/write-pages.ts";

const root = resolve(import.meta.dir, "..");
const scratch = mkdtempSync(join(tmpdir(), "maru-docs-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Where two long texts part, in few words. */
function firstDifference(text: string, wanted: string): string | null {
  if (text === wanted) return null;
  const [lines, wantedLines] = [text.split("\n"), wanted.split("\n")];
  const index = lines.findIndex((line, at) => line !== wantedLines[at]);
  const at = index < 0 ? lines.length : index;
  return `line ${at + 1} is ${JSON.stringify(lines[at])}, not ${JSON.stringify(wantedLines[at])}`;
}

describe("the generated pages", () => {
  for (const { path, render } of pages) {
    test(`${path} is what its sources say now; if not, "bun run fix" writes it anew`, () => {
      const rendered = render(root);
      expect(firstDifference(readFileSync(join(root, path), "utf8"), rendered)).toBeNull();
      expect(firstDifference(rendered, render(root))).toBeNull();
      const strays = ["undefined", "[object", "NaN", root];
      expect(strays.filter((stray) => rendered.includes(stray))).toEqual([]);
    });

    test(`${path} links only to headings that it has`, () => {
      const text = render(root);
      const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
        heading
          .toLowerCase()
          .replace(/[^\w -]/g, "")
          .replaceAll(" ", "-"),
      );
      for (const [, target = ""] of text.matchAll(/\]\(#([^)]*)\)/g))
        expect(anchors).toContain(target);
    });
  }

  test("are written only where they differ, and then they differ no more", () => {
    mkdirSync(join(scratch, "docs"));
    cpSync(join(root, "docs/python-client.py"), join(scratch, "docs/python-client.py"));
    const paths = pages.map(({ path }) => path);
    expect(stalePages(scratch, pages).map(({ path }) => path)).toEqual(paths);
    expect(writePages(scratch, pages)).toEqual(paths);
    expect(writePages(scratch, pages)).toEqual([]);
    const [first = ""] = paths;
    writeFileSync(join(scratch, first), `${readFileSync(join(scratch, first), "utf8")} `);
    expect(stalePages(scratch, pages).map(({ path }) => path)).toEqual([first]);
  });
});

describe("docs/protocol.md", () => {
  const text = readFileSync(join(root, "docs/protocol.md"), "utf8");
  /** Those that the page has not: told alone, because the page is long. */
  const missing = (wanted: readonly string[]) => wanted.filter((part) => !text.includes(part));

  test("has every message with every field and its meaning", () => {
    const schemas = [...chatProtocol.schemas.client, ...chatProtocol.schemas.server];
    const fields = schemas.flatMap((schema) => Object.keys(schema.shape));
    const rows = fields.filter((field) => field !== "type").map((field) => `| \`${field}\` |`);
    const types = schemas.map((schema) => `\`${schema.shape.type.value}\``);
    expect(missing([...rows, ...types])).toEqual([]);
    const unexplained = text.split("\n").filter((line) => /\|\s*\|$/.test(line));
    expect(unexplained).toEqual([]);
  });

  test("has every code of both tables", () => {
    const codes = [...Object.keys(chatErrors), ...Object.keys(chatCloses)];
    expect(missing(codes.map((code) => `| \`${code}\` |`))).toEqual([]);
  });

  test("shows only examples that are golden fixtures", () => {
    const examples = [...text.matchAll(/```json\n(.*)\n```/g)].map(([, example]) => example);
    expect(examples.length).toBe(
      chatProtocol.schemas.client.length + chatProtocol.schemas.server.length,
    );
    const payloads = goldenPayloads.map(({ payload }) => payload);
    for (const example of examples) expect(payloads).toContain(example as string);
  });

  test("shows the very listing that is tested", () => {
    const listing = readFileSync(join(root, "docs/python-client.py"), "utf8");
    expect(missing([`\`\`\`python\n${listing}\`\`\`\n`])).toEqual([]);
  });
});

describe("the command", () => {
  test("tells by its exit code whether the pages are up to date", () => {
    const run = Bun.spawnSync([process.execPath, "scripts/generate-docs.ts", "--check"], {
      cwd: root,
    });
    expect(run.stderr.toString()).toBe("");
    expect(run.exitCode).toBe(0);
  });
});
