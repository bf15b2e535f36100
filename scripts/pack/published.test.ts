// What a tarball says of itself, made of what the workspace says: tables of small examples, and the
// packages that there are.

import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { needsBunModule } from "./needs-bun.ts";
import { keptBack, type Manifest, type Package, publishedPackages } from "./packages.ts";
import { publishedManifest } from "./published-manifest.ts";
import { publishedReadme } from "./published-readme.ts";

const manifest: Manifest = {
  name: "@maru/a",
  version: "1.2.3",
  description: "a",
  license: "MIT",
  engines: { node: ">=20", bun: ">=1.4.5" },
  sideEffects: false,
  exports: { ".": "./src/mod.ts" },
};
const alone = (fields: Partial<Manifest>, siblings: readonly Package[] = []) =>
  publishedManifest({ folder: "", manifest: { ...manifest, ...fields }, siblings });

describe("a published manifest", () => {
  test("leads Bun to the source, others to what is built, and tells the types of both first", () => {
    const lead = { types: "./dist/mod.d.ts", bun: "./src/mod.ts", default: "./dist/mod.js" };
    expect(alone({}).exports).toEqual({ ".": lead, "./package.json": "./package.json" });
    expect(Object.keys(lead)).toEqual(Object.keys(Object(alone({}).exports)["."]));
  });

  test("keeps conditions of the workspace's own, in exports and in imports", () => {
    const table = { browser: "./src/a.ts", default: "./src/b/c.ts" };
    const lead = {
      browser: { types: "./dist/a.d.ts", bun: "./src/a.ts", default: "./dist/a.js" },
      default: { types: "./dist/b/c.d.ts", bun: "./src/b/c.ts", default: "./dist/b/c.js" },
    };
    const made = alone({ exports: { ".": table }, imports: { "#dial": table } });
    expect(made).toMatchObject({ exports: { ".": lead }, imports: { "#dial": lead } });
  });

  test("leads others than Bun to one sentence where a package is for Bun alone", () => {
    const made = alone({ engines: { bun: ">=1.4.5" } });
    expect(made).toMatchObject({ exports: { ".": { default: "./dist/needs-bun.js" } } });
  });

  test("names siblings in their very version, and their peers as its own", () => {
    const other = { ...manifest, name: "@maru/b", peerDependencies: { zod: "^4.5.0" } };
    const sibling = { folder: "", manifest: other, siblings: [] };
    const made = alone({ dependencies: { "@maru/b": "workspace:*", c: "1.0.0" } }, [sibling]);
    expect(made).toMatchObject({
      dependencies: { "@maru/b": "1.2.3", c: "1.0.0" },
      peerDependencies: { zod: "^4.5.0" },
    });
  });

  test("has no field without anything in it, and none for the workspace alone", () => {
    const fields = Object.keys(alone({ dependencies: {} }));
    for (const none of [
      "dependencies",
      "peerDependencies",
      "devDependencies",
      "private",
      "scripts",
    ])
      expect(fields).not.toContain(none);
  });

  test("refuses an entry outside of src", () => {
    expect(() => alone({ exports: { "./golden": "./test/golden.ts" } })).toThrow("no source");
  });
});

describe("the packages that are published", () => {
  const packages = publishedPackages();

  test("each stand behind what they depend on", () => {
    const names = packages.map((each) => each.manifest.name);
    for (const { manifest: each, siblings } of packages) {
      const before = names.slice(0, names.indexOf(each.name));
      expect(before).toEqual(expect.arrayContaining(siblings.map((one) => one.manifest.name)));
    }
  });

  test("say all that a registry shows", () => {
    for (const { manifest: each } of packages) {
      expect(each).toMatchObject({ license: "MIT", sideEffects: false });
      expect(each.description.length).toBeGreaterThan(20);
      expect(each.engines.bun).toBe(">=1.4.5");
    }
  });

  test("keep back only what there is", () => {
    const there = packages.flatMap(({ manifest: { name, exports } }) =>
      Object.keys(exports).map((path) => `${name}${path.slice(1)}`),
    );
    expect(there).toEqual(expect.arrayContaining(Object.keys(keptBack)));
  });
});

describe("a module that needs Bun", () => {
  const folder = mkdtempSync(join(tmpdir(), "maru-needs-bun-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("has the values of the entries, and throws one sentence", () => {
    writeFileSync(
      join(folder, "a.ts"),
      "export const b = 1;\nexport type T = 1;\nexport class A {}",
    );
    const made = needsBunModule(manifest, folder, ["./a.ts"]);
    expect(made.split("\n").slice(0, 2)).toEqual([
      "export const A = undefined;",
      "export const b = undefined;",
    ]);
    expect(made).toMatch(/^throw new Error\("@maru\/a runs on Bun alone \(>=1\.4\.5\); .+"\);$/m);
  });

  test("can't be made of an entry that does not name what it exports", () => {
    writeFileSync(join(folder, "b.ts"), 'export * from "./a.ts";');
    expect(() => needsBunModule(manifest, folder, ["./b.ts"])).toThrow("names what it exports");
  });
});

test("a published README names what it can't lead to", () => {
  const text = "[the wire](../../docs/protocol.md), [here](src/mod.ts), [there](https://a.example)";
  expect(publishedReadme(text)).toBe("the wire, [here](src/mod.ts), [there](https://a.example)");
});
