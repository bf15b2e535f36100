// `bun scripts/screen/picture.ts` writes the pictures and the recording of the client to docs/screen;
// with --json it prints them instead, by path, which is how the generated documents are compared.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { makeDocuments } from "./documents.ts";

const root = resolve(import.meta.dir, "../..");
const documents = await makeDocuments();

if (process.argv.includes("--json")) {
  process.stdout.write(JSON.stringify(documents));
} else {
  for (const [path, text] of Object.entries(documents)) {
    mkdirSync(dirname(resolve(root, path)), { recursive: true });
    writeFileSync(resolve(root, path), text);
    process.stdout.write(`wrote ${path}\n`);
  }
}
