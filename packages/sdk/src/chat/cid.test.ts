// Ids that ascend, and that can't be guessed.

import { expect, test } from "bun:test";
import { createCids } from "./cid.ts";

test("ids of one client ascend, byte for byte, and fit the wire", () => {
  const newCid = createCids();
  const cids = Array.from({ length: 50_000 }, newCid);
  for (const [index, cid] of cids.entries()) {
    expect(cid).toMatch(/^[\w-]{22}-[0-9a-z]{9}$/);
    if (index > 0) expect(cid > (cids[index - 1] as string)).toBe(true);
  }
});

test("ids of two clients share nothing", () => {
  const [one, other] = [createCids()(), createCids()()];
  expect(one.slice(0, 22)).not.toBe(other.slice(0, 22));
});
