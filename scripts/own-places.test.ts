// A test that forgets to name its own place fails, and touches nothing of the person who runs it.

import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { withoutOwnPlaces } from "./own-places.ts";

test("a server without a directory of its own doesn't start", async () => {
  // Not by testkit, which gives each server a directory and waits for its port.
  const child = Bun.spawn([process.execPath, "apps/server/src/main.ts", "--port", "0"], {
    cwd: resolve(import.meta.dir, ".."),
    env: withoutOwnPlaces(process.env),
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  const [stderr, code] = await Promise.all([child.stderr.text(), child.exited]);
  expect(code).toBe(1);
  expect(stderr).toContain("a-test-names-its-own-place");
});

test("settings of the person are left out, and all else stays", () => {
  const environment = withoutOwnPlaces({ MARU_NICK: "mina", MARU_DATA: "mine", PATH: "/bin" });
  expect(Object.keys(environment).sort()).toEqual(
    ["MARU_DATA", "PATH", "XDG_CONFIG_HOME", "XDG_STATE_HOME"].sort(),
  );
  expect(environment.PATH).toBe("/bin");
  expect(environment.MARU_DATA).not.toBe("mine");
});
