// "A service in an afternoon": the listing is the file that it says it is, in the place that it says,
// and runs as it says, over a socket.

import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { BytePeer, processTestMs, runServerProcess } from "@maru/testkit";

setDefaultTimeout(processTestMs);

const root = resolve(import.meta.dir, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const json = (path: string) => JSON.parse(read(path));

describe.each([
  ["README.md", "## A service in an afternoon"],
  ["README.ko.md", "## 반나절 만에 만드는 서비스"],
])("%s", (path, heading) => {
  const [, section = ""] = read(path).split(heading);
  const block = (language: string, nth = 0) =>
    [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))][
      nth
    ]?.[1] ?? "";

  test("shows the whole file, which begins with its place", () => {
    expect(block("ts")).toBe(read("examples/hello/main.ts"));
    expect(block("ts")).toStartWith("// examples/hello/main.ts:");
    expect(section).toContain("[examples/hello/main.ts](examples/hello/main.ts)");
  });

  test("names what the file imports as its package.json does, in a workspace", () => {
    const shown = JSON.parse(block("json"));
    const { name, ...fields } = shown;
    expect(name).toBe("NAME");
    expect(json("examples/hello/package.json")).toMatchObject(fields);
    const imported = [...block("ts").matchAll(/from "([^"]+)"/g)].map(([, from = ""]) => from);
    expect(Object.keys(shown.dependencies)).toEqual(imported.toSorted());
    expect(json("package.json").workspaces).toContain("examples/*");
  });

  test("is run by the command that it shows, and answers the one that it shows", async () => {
    const [command = ""] = block("sh").split(/\s+#/);
    expect(command).toBe("bun run hello");
    const [, , script = ""] = command.split(" ");
    const words = json("package.json").scripts[script].split(" ");
    expect(words).toEqual(["bun", "scripts/launch.ts", "examples/hello/main.ts"]);
    const server = await runServerProcess({
      command: [process.execPath, "examples/hello/main.ts", "0"],
      cwd: root,
    });
    try {
      expect(await answerTo(asked(block("sh", 1)), server.port)).toBe(
        framed('{"type":"said","re":1,"text":"hello"}'),
      );
    } finally {
      await server.stop();
    }
  });
});

const framed = (payload: string) => `${String.fromCharCode(0, 0, 0, payload.length)}${payload}`;

/** The bytes that `printf` would make of what stands between its quotes. */
function asked(line: string): string {
  const [, format = ""] = /^printf '([^']*)' \| nc 127\.0\.0\.1 8080$/m.exec(line) ?? [];
  return format.replace(/\\([0-7]{1,3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

async function answerTo(bytes: string, port: number): Promise<string> {
  const received: Uint8Array[] = [];
  const peer = await BytePeer.connect(
    { port },
    { received: (chunk) => received.push(chunk), ended() {} },
  );
  await peer.send(Buffer.from(bytes, "latin1"));
  peer.end();
  await peer.closed;
  return Buffer.concat(received).toString("latin1");
}
