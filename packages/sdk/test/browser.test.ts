// In a browser: what is bundled for one reaches nothing of Node's, and is small.

import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { processTestMs } from "@maru/testkit";

setDefaultTimeout(processTestMs);

/** Of a page's script with a protocol of its own, in bytes. */
const gzipBytesMax = 60 * 1024;

test("a page's script has no word of Node, and stays below its bound", async () => {
  const built = await Bun.build({
    entrypoints: [join(import.meta.dir, "page-script.ts")],
    target: "browser",
    minify: true,
  });
  const text = await (built.outputs[0] as Blob).text();
  const ofNode = text.match(/"node:\w+"|\bsetImmediate\b|\bBuffer\.\w+|\brequire\(/g);
  expect(ofNode).toBeNull();
  expect(Bun.gzipSync(text).length).toBeLessThan(gzipBytesMax);
});
