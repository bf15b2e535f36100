// Sessions that end: their rooms are left a bounded number at a time, and what others see is the same.

import { expect, test } from "bun:test";
import { ChatFixture, type Message, type Visitor } from "../../test/chat-fixture.ts";
import { departuresPerTick } from "./departures.ts";

const roomsEach = 8;
const rooms = Array.from({ length: roomsEach }, (_, index) => `room-${index}`);

/** A watcher in each room, and so many more, who are in all of them. */
function crowded(members: number) {
  const fixture = new ChatFixture({ presenceNames: 3 });
  const watcher = fixture.guest("watcher");
  const crowd = Array.from({ length: members }, (_, index) => fixture.guest(`guest-${index}`));
  for (const visitor of [watcher, ...crowd]) {
    for (const room of rooms) visitor.tell("join", { room });
  }
  fixture.tick();
  return { fixture, watcher, crowd };
}

/** Memberships that are left, but for the watcher's own, as `rooms` tells them. */
function memberships(watcher: Visitor): number {
  const { rooms: told } = watcher.ask("rooms", {}) as Message<"directory">;
  return told.reduce((sum, { memberCount }) => sum + memberCount - 1, 0);
}

test("as many as a tick may end are gone in that tick", () => {
  const { fixture, watcher, crowd } = crowded(departuresPerTick / roomsEach);
  for (const visitor of crowd) visitor.hangUp();
  expect(fixture.service.counts.sessions).toBe(1);
  expect(memberships(watcher)).toBe(0);
});

test("of more, a tick ends so many, the next ticks the others, and no nick is held meanwhile", () => {
  const { fixture, watcher, crowd } = crowded((3 * departuresPerTick) / roomsEach);
  for (const visitor of crowd) visitor.hangUp();
  expect(fixture.service.counts.sessions).toBe(1);
  // This tick has ended as many as it may.
  fixture.tick();
  // `rooms` is answered before the end of its tick, which ends the next.
  expect(memberships(watcher)).toBe(2 * departuresPerTick);
  expect(memberships(watcher)).toBe(departuresPerTick);
  expect(fixture.guest("guest-700").ask("join", { room: "room-0" })).toMatchObject({
    type: "joined",
    members: expect.arrayContaining(["watcher"]),
  });
  fixture.pass(10);
  expect(memberships(watcher)).toBe(1);
});

test("who comes back before an ended session has left is there once, and stays", () => {
  const fixture = new ChatFixture();
  const watcher = fixture.guest("watcher");
  watcher.ask("join", { room: "a" });
  const crowd = Array.from({ length: departuresPerTick }, (_, index) =>
    fixture.guest(`g-${index}`),
  );
  const last = fixture.guest("mina");
  for (const visitor of [...crowd, last]) visitor.tell("join", { room: "a" });
  fixture.tick();
  watcher.events();
  for (const visitor of [...crowd, last]) visitor.hangUp();
  const again = fixture.guest("mina");
  again.ask("join", { room: "a" });
  fixture.pass(10);
  expect(watcher.ask("who", { room: "a" })).toMatchObject({ members: ["mina", "watcher"] });
  expect(again.ask("send", { room: "a", text: "here" })).toMatchObject({ type: "sent" });
  expect(watcher.heard()).toEqual(["here"]);
});
