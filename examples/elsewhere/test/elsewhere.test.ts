// The tarballs as a stranger gets them: installed in an empty folder without a network, and there
// compiled, bundled, and run by Node and by Bun against real servers.

import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { FramePeer, processTestMs, runServerProcess } from "@maru/testkit";
import { build } from "esbuild";
import { publint } from "publint";
import { findNode, type NodeMajor, nodeVersions } from "../nodes.ts";
import {
  becomeStranger,
  compile,
  type Ended,
  installWithBun,
  root,
  run,
  tarballsIn,
  useOldestZod,
} from "./stranger.ts";

/** Packing and compilers take seconds, and minutes on a machine that is busy with something else. */
const compilerTestMs = 5 * processTestMs;
setDefaultTimeout(processTestMs);

const npm = Bun.which("npm");
if (npm === null) process.stderr.write("skipped: there is no npm on this machine\n");

const packages = ["chat", "core", "protocol", "sdk", "settings"].map((name) => `@maru/${name}`);

describe.skipIf(npm === null)("a stranger who installs the tarballs", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await becomeStranger();
  }, compilerTestMs);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("gets what the packages that others build on need, and no more", () => {
    expect([...tarballsIn(folder).keys()].sort()).toEqual(packages);
  });

  describe.each(packages)("gets in %s", (name) => {
    const tarball = () => readFileSync(tarballsIn(folder).get(name) ?? "");

    test("a licence, a README that leads to nothing that is missing, and no test", () => {
      const place = join(folder, "node_modules", name);
      const files = readdirSync(place, { recursive: true, encoding: "utf8" });
      expect(files).toContain("LICENSE");
      expect(files.filter((path) => /\.test\.|(^|\/)test\//.test(path))).toEqual([]);
      expect(readFileSync(join(place, "README.md"), "utf8")).not.toContain("](../");
    });

    test("nothing that publint finds wrong", async () => {
      const bytes = new Uint8Array(tarball()).buffer;
      expect((await publint({ pack: { tarball: bytes } })).messages).toEqual([]);
    });

    test("types that are right wherever there are modules", async () => {
      const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball())));
      if (!checked.types) throw new Error("there are no types");
      // The packages are ES modules alone: a resolver from before `exports`, and CommonJS without
      // `import()`, are left out.
      const isWanted = (kind: string) => kind === "node16-esm" || kind === "bundler";
      const problems = checked.problems.filter(
        (problem) => !("resolutionKind" in problem) || isWanted(problem.resolutionKind),
      );
      expect(problems).toEqual([]);
    });
  });

  const fine = { exitCode: 0, output: "" };
  const forNode = ["chat-client.ts", "own-protocol.ts", "frames.ts"];
  let compiled: Promise<Ended> | undefined;
  /** Once: it is what is compared, and what Node runs. */
  const compiledForNode = () => (compiled ??= compile(folder, "typescript", "node", forNode));
  const forBrowsers = ["browser-client.ts", "browser-chat.ts", "own-protocol.ts", "frames.ts"];

  test(
    "compiles for Node with TypeScript 5.9",
    async () => {
      expect(await compile(folder, "typescript-5.9", "node", forNode)).toEqual(fine);
    },
    compilerTestMs,
  );

  test(
    "compiles for Node, browsers and Bun with TypeScript 7",
    async () => {
      expect(await compiledForNode()).toEqual(fine);
      expect(await compile(folder, "typescript", "browser", forBrowsers)).toEqual(fine);
      expect(
        await compile(folder, "typescript", "bun", ["engine.ts", "echo/main.ts", "echo/shard.ts"]),
      ).toEqual(fine);
    },
    compilerTestMs,
  );

  const majors = Object.keys(nodeVersions).map(Number) as NodeMajor[];
  describe.each(majors)("runs Node %d", (major) => {
    const node = findNode(major);
    if (node === null) process.stderr.write(`skipped: no Node ${major} (install-nodes.ts)\n`);

    test.skipIf(node === null)(
      "with a client of the chat and a protocol of its own",
      async () => {
        expect(await compiledForNode()).toEqual(fine);
        const server = await runServerProcess({
          command: [process.execPath, "apps/server/src/main.ts", "--port", "0"],
          cwd: root,
        });
        try {
          const program = [node ?? "", "out-typescript-node/chat-client.js"];
          const client = await run([...program, `maru://127.0.0.1:${server.port}`], folder);
          expect(client).toEqual({
            exitCode: 0,
            output: '{"head":0,"seq":1,"text":"안녕, 마루","own":"mine"}\n',
          });
        } finally {
          await server.stop();
        }
      },
      compilerTestMs,
    );

    test.skipIf(node === null)("and is told in one sentence what is for Bun alone", async () => {
      for (const [entry, value] of [
        ["core", "startServer"],
        ["chat", "createChatService"],
      ]) {
        const line = `import { ${value} } from "@maru/${entry}"; ${value}();`;
        const program = [node ?? "", "--input-type=module", "-e", line];
        const { exitCode, output } = await run(program, folder);
        expect(exitCode).toBe(1);
        expect(output).toContain(`Error: @maru/${entry} runs on Bun alone (>=1.4.5); `);
      }
    });
  });

  test("may install with Bun, where overrides say where the siblings are", async () => {
    const place = await installWithBun(folder);
    const line = 'process.stdout.write(typeof (await import("@maru/core")).startServer)';
    const said = await run([process.execPath, "-e", line], place);
    expect(said).toEqual({ exitCode: 0, output: "function" });
  });

  test.each(["0", "1"])("runs Bun, with the engine on %s workers", async (workers) => {
    const server = await runServerProcess({
      command: [process.execPath, "echo/main.ts", workers],
      cwd: folder,
    });
    try {
      const peer = await FramePeer.connect({ port: server.port });
      await peer.send({ type: "say", id: 1, text: "here" });
      expect(await peer.next("said")).toEqual({ type: "said", re: 1, text: "here" });
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });

  /** Bytes, minified and compressed. */
  const bundles: readonly [string, number][] = [
    ["frames.ts", 3_000],
    ["own-protocol.ts", 40_000],
    ["browser-client.ts", 60_000],
    ["browser-chat.ts", 60_000],
  ];
  test.each(bundles)("bundles %s for a browser, into %d bytes at most", async (name, most) => {
    const { outputFiles, metafile } = await build({
      ...{ entryPoints: [join(folder, name)], absWorkingDir: folder, outdir: "bundle" },
      ...{ bundle: true, minify: true, format: "esm", platform: "browser", write: false },
      ...{ external: ["node:*"], metafile: true },
    });
    // What no browser has: a module of Node's.
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    const bytes = new Uint8Array(outputFiles[0]?.contents ?? []);
    expect(bytes.length).toBeGreaterThan(500);
    expect(Bun.gzipSync(bytes).length).toBeLessThanOrEqual(most);
  });

  test(
    "may have the oldest zod of the range",
    async () => {
      useOldestZod(folder);
      expect(await compile(folder, "typescript", "node", forNode)).toEqual(fine);
      const line = 'process.stdout.write((await import("./own-protocol.ts")).decodedBy("{}"))';
      const said = await run([process.execPath, "-e", line], folder);
      expect(said).toEqual({ exitCode: 0, output: "malformed" });
    },
    compilerTestMs,
  );
});
