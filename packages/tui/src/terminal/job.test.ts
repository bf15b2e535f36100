// Whether a shell could let a job go on.

import { expect, test } from "bun:test";
import { hasShell } from "./job.ts";

const shell = { parent: 1, group: 10, session: 10 };
const family = (kin: Record<number, { parent: number; group: number; session: number }>) => {
  return (pid: number) => kin[pid] ?? null;
};

test("a job of a shell has one, also behind a parent of its own group", () => {
  const launcher = { parent: 10, group: 20, session: 10 };
  const client = { parent: 20, group: 20, session: 10 };
  expect(hasShell(20, family({ 10: shell, 20: launcher }))).toBe(true);
  expect(hasShell(21, family({ 10: shell, 20: launcher, 21: client }))).toBe(true);
});

test("the leader of a session has none, nor a job whose shell is gone", () => {
  const leader = { parent: 5, group: 30, session: 30 };
  const outside = { parent: 1, group: 5, session: 5 };
  expect(hasShell(30, family({ 30: leader, 5: outside }))).toBe(false);
  expect(hasShell(31, family({ 31: { parent: 1, group: 31, session: 10 } }))).toBe(false);
});

test("where the system tells nothing, it is not known", () => {
  expect(hasShell(1, () => null)).toBeNull();
});
