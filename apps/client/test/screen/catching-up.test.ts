// Coming back to a server that went on meanwhile: what is unread is as it would be in a client that
// had stayed open.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { roomActivity } from "@maru/chat-model/model";
import { type ChatClient, connectChat, roomKey } from "@maru/sdk/chat";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { anchorOf } from "../../src/screen/model/screen-model.ts";
import { endProcesses, startServer } from "../processes.ts";
import { SessionDriver } from "./session-driver.ts";

setDefaultTimeout(processTestMs);

let server: ServerProcess;
let bob: ChatClient;
let nicks = 0;
beforeAll(async () => {
  server = await startServer(0, "--send-rate", "0");
  bob = await connectChat({ port: server.port, nick: "bob", eventsBuffered: 0 });
});
afterAll(async () => {
  await bob.close({ deadlineMs: 0 });
  await endProcesses();
});

/** A new person, and new rooms. */
function newPerson(): { nick: string; lobby: string; ops: string } {
  nicks += 1;
  return { nick: `mina${nicks}`, lobby: `lobby${nicks}`, ops: `ops${nicks}` };
}

async function says(room: string, count: number, text = "words"): Promise<void> {
  const texts = Array.from({ length: count }, (_, at) => `${text} ${at + 1}`);
  for (const each of texts) await bob.send(room, each);
}

const counts = ({ model }: SessionDriver, room: string) => {
  const known = model.chat.rooms.get(roomKey(room));
  if (known === undefined) return null;
  const { unread, mentions } = roomActivity(model, known);
  return [unread, mentions];
};

test("a room that was entered and not looked at tells later what is new in it", async () => {
  const { nick, lobby, ops } = newPerson();
  await bob.join(lobby);
  await bob.join(ops);
  await says(ops, 3);
  const first = new SessionDriver(server.port, nick, [lobby, ops]);
  await first.settled();
  expect([counts(first, ops), counts(first, lobby)]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  await first.leave();
  await says(ops, 120);
  await bob.send(ops, `@${nick} look`);
  await says(lobby, 2);
  const second = new SessionDriver(server.port, nick, [lobby, ops]);
  await second.settled();
  expect(counts(second, ops)).toEqual([121, 1]);
  second.press("alt-a");
  await second.until(({ chat, loading }) => chat.current === ops && loading.size === 0);
  const room = second.room(ops);
  expect([room.divider, room.read, room.unread]).toEqual([3, 3, 121]);
  expect(anchorOf(second.model)).not.toBeNull();
  second.press("ctrl-end");
  await second.until(({ loading }) => loading.size === 0);
  expect([second.room(ops).unread, second.room(ops).read]).toEqual([0, 124]);
  await second.leave();
});

test("what was said to a person who was away waits for them, as meant for them", async () => {
  const { nick, lobby } = newPerson();
  const first = new SessionDriver(server.port, nick, [lobby]);
  await first.settled();
  await first.leave();
  const direct = `@bob+${nick}`;
  await says(direct, 1);
  const second = new SessionDriver(server.port, nick, [lobby]);
  await second.settled();
  expect(counts(second, direct)).toEqual([1, 1]);
  second.press("alt-a");
  await second.until(({ chat, loading }) => chat.current === direct && loading.size === 0);
  expect([second.room(direct).timeline.count, second.room(direct).unread]).toEqual([1, 0]);
  await second.leave();
  const third = new SessionDriver(server.port, nick, [lobby]);
  await third.settled();
  expect(counts(third, direct)).toBeNull();
  await third.leave();
});

test("the room that one comes to first opens where it is new, and is read at its end", async () => {
  const { nick, lobby } = newPerson();
  await bob.join(lobby);
  const first = new SessionDriver(server.port, nick, [lobby]);
  await first.settled();
  await first.leave();
  await says(lobby, 501);
  const second = new SessionDriver(server.port, nick, [lobby]);
  await second.settled();
  const room = () => second.room(lobby);
  expect([room().divider, room().read, room().unread]).toEqual([0, 0, 501]);
  expect(anchorOf(second.model)).not.toBeNull();
  await second.leave();
  const third = new SessionDriver(server.port, nick, [lobby]);
  await third.settled();
  expect(third.room(lobby).unread).toBe(501);
  await third.leave();
});

test("a room that was left is told, when it is entered again, from where it was read", async () => {
  const { nick, lobby, ops } = newPerson();
  await bob.join(ops);
  await says(ops, 2);
  const mina = new SessionDriver(server.port, nick, [lobby, ops]);
  await mina.settled();
  mina.session.apply({ type: "due" });
  mina.enter(`/part ${ops}`);
  await mina.until(({ chat }) => !chat.rooms.has(roomKey(ops)));
  await says(ops, 60);
  mina.enter(`/join ${ops}`);
  await mina.settled();
  const { divider, unread } = mina.room(ops);
  expect([divider, unread]).toEqual([2, 60]);
  await mina.leave();
});
