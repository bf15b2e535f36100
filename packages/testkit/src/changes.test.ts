import { expect, test } from "bun:test";
import { Changes } from "./changes.ts";

test("each wait looks at once, and again at each change until it is so", async () => {
  const changes = new Changes();
  let count = 0;
  let looks = 0;
  const isTwo = () => {
    looks += 1;
    return count === 2;
  };
  const waits = [changes.until(isTwo, () => ""), changes.found(() => count || null, String)];
  for (const _ of [1, 2]) {
    count += 1;
    changes.tell();
  }
  expect(await Promise.all(waits)).toEqual([undefined, 1]);
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
