import { expect, test } from "bun:test";
import { Changes } from "./changes.ts";

test("each wait looks at once, and again behind each change until it is so", async () => {
  const changes = new Changes();
  let count = 0;
  let looks = 0;
  const isTwo = () => {
    looks += 1;
    return count === 2;
  };
  const waits = [changes.until(isTwo, String), changes.found(() => count || null, String)];
  changes.tell();
  changes.tell();
  count = 1;
  expect(await waits[1]).toBe(1);
  changes.tell();
  count = 2;
  await waits[0];
  changes.tell();
  expect(looks).toBe(3);
});

test("what is so already is not waited for", async () => {
  expect(await new Changes().found(() => "here", String)).toBe("here");
});

test("a wait fails with what it throws, or with its story when time is up", async () => {
  const changes = new Changes();
  const ended = changes.until(
    () => {
      throw new Error("it ended");
    },
    () => "never",
  );
  await expect(ended).rejects.toThrow("it ended");
  await expect(
    changes.until(
      () => false,
      () => "nothing came",
      10,
    ),
  ).rejects.toThrow("after 10 ms: nothing came");
});
