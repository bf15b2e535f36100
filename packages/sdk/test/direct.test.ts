// Conversations of two: they begin without a join, and are kept like any other room.

import { afterEach, expect, test } from "bun:test";
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
