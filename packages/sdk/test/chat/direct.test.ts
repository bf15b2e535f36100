// Conversations of two: they begin without a join, and are kept like any other room.

import { afterEach, expect, test } from "bun:test";
import { formerRoomsMax } from "../../src/chat/room/rooms.ts";
import { entry } from "./fake-server.ts";
import { endMeetings, meet, nextOf, nextPhase } from "./meet.ts";

afterEach(endMeetings);

test("hands over the first message of a conversation, and rejoins it after a reconnect", async () => {
  const { client, connection, server, clock } = await meet({ nick: "ann" });
  const events = client.events();
  connection.sayAll([entry("@ann+bob", 7), entry("lobby", 1), entry("@ann+bob", 8)]);
  expect(await nextOf(events, "message")).toMatchObject({ room: "@ann+bob", seq: 7 });
  expect(await nextOf(events, "message")).toMatchObject({ room: "@ann+bob", seq: 8 });
  expect(client.joinedRooms).toEqual(["@ann+bob"]);
  connection.drop();
  await nextPhase(events, "waiting");
  clock.advance(1000);
  const again = await server.accept();
  await again.welcome();
  expect(await again.joined({ head: 8 })).toMatchObject({ room: "@ann+bob", after: 8 });
});

test("lets go of the conversations of a nick that is given up", async () => {
  const { client, connection } = await meet({ nick: "ann" });
  const events = client.events();
  connection.say(entry("@ann+bob", 1));
  await nextOf(events, "message");
  const renaming = client.nick("anna");
  const { id: re } = await connection.expect("nick");
  connection.say({ type: "renamed", re, nick: "anna" });
  await renaming;
  expect(await nextOf(events, "left")).toMatchObject({ room: "@ann+bob", reason: null });
  expect(client.me).toBe("anna");
});

test("joins the conversations of a nick again with that nick, from where they were read", async () => {
  const { client, connection } = await meet({ nick: "ann" });
  const events = client.events();
  for (const [at, other] of ["bob", "cat"].entries())
    connection.say(entry(`@ann+${other}`, 7 + at));
  await nextOf(events, "message");
  await nextOf(events, "message");
  const take = async (nick: string) => {
    const renaming = client.nick(nick);
    const { id: re } = await connection.expect("nick");
    connection.say({ type: "renamed", re, nick });
    await renaming;
  };
  await take("anna");
  expect(client.joinedRooms).toEqual([]);
  const leaving = client.leave("@ann+cat");
  const { id: re } = await connection.expect("leave");
  const forbidden = { code: "forbidden", message: "no", retryable: false } as const;
  connection.say({ type: "error", re, ...forbidden });
  await expect(leaving).rejects.toMatchObject({ code: "forbidden" });
  await take("ann");
  expect(client.joinedRooms).toEqual(["@ann+bob"]);
  expect(await connection.joined({ head: 7 })).toMatchObject({ room: "@ann+bob", after: 7 });
  expect(await nextOf(events, "joined")).toMatchObject({ room: "@ann+bob", again: true });
});

test("keeps so many conversations of former nicks, the latest", async () => {
  const { client, connection } = await meet({ nick: "ann" });
  const events = client.events();
  const rooms = Array.from({ length: formerRoomsMax + 1 }, (_, at) => `@ann+n${at}`);
  connection.sayAll(rooms.map((room) => entry(room, 1)));
  for (const _ of rooms) await nextOf(events, "message");
  for (const nick of ["anna", "ann"]) {
    const renaming = client.nick(nick);
    const { id: re } = await connection.expect("nick");
    connection.say({ type: "renamed", re, nick });
    await renaming;
  }
  expect(client.joinedRooms).toEqual(rooms.slice(1));
});
