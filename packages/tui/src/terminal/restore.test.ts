import { expect, test } from "bun:test";
import { EventEmitter } from "node:events";
import { watchEnds } from "./restore.ts";

class FakeProcess extends EventEmitter {
  readonly done: string[] = [];
  exit = ((code?: number) => void this.done.push(`exit ${code}`)) as NodeJS.Process["exit"];
}

function watched() {
  const fake = new FakeProcess();
  const watch = () =>
    watchEnds({
      restoreNow: () => fake.done.push("restored"),
      process: fake as unknown as NodeJS.Process,
      tell: (text) => fake.done.push(`told ${text.split("\n")[0]}`),
    });
  return { fake, watch };
}

test("restores before it tells of a bug and exits", () => {
  const { fake, watch } = watched();
  watch();
  fake.emit("unhandledRejection", new Error("a bug"));
  expect(fake.done).toEqual(["restored", "told Error: a bug", "exit 1"]);
});

test("restores when the process exits, by whatever call", () => {
  const { fake, watch } = watched();
  watch();
  fake.emit("exit");
  expect(fake.done).toEqual(["restored"]);
});

test("a signal that the program handles is the program's, however often it comes", () => {
  const { fake, watch } = watched();
  fake.on("SIGTERM", () => fake.done.push("handled"));
  watch();
  for (let time = 0; time < 3; time += 1) fake.emit("SIGTERM");
  expect(fake.done).toEqual(["handled", "handled", "handled"]);
});

test("a signal without a handler restores and ends", () => {
  const { fake, watch } = watched();
  watch();
  fake.emit("SIGHUP");
  expect(fake.done).toEqual(["restored", "exit 129"]);
});

test("lets all of them go again", () => {
  const { fake, watch } = watched();
  watch()();
  expect(fake.eventNames()).toEqual([]);
});
