import { expect, test } from "bun:test";
import type { NameKey } from "@maru/protocol/chat";
import type { ChatClient } from "@maru/sdk/chat";
import { roomKey } from "@maru/sdk/chat";
import type { ScreenRun } from "../../cli/programs.ts";
import { ClientConfig } from "../../settings/client-config.ts";
import { loadEnvironment } from "../../settings/load-config.ts";
import { noStore } from "../../store/no-store.ts";
import { startModel } from "./screen-start.ts";
import { storedRooms } from "./screen-store.ts";

const client = { me: "ann", state: { phase: "connecting" } } as unknown as ChatClient;

function model(
  fields: Partial<ScreenRun>,
  rooms: readonly string[],
  current: string | null,
  numbers: ReadonlyMap<NameKey, number> = new Map(),
) {
  const [room = "lobby"] = fields.config?.rooms ?? [];
  const run: ScreenRun = {
    target: { host: "h", port: 1, room },
    nick: "ann",
    colour: false,
    stateHome: null,
    config: ClientConfig.parse({}),
    depth: "none",
    environment: loadEnvironment({}),
    isRoomGiven: false,
    hasRooms: false,
    ...fields,
  };
  const stored = { ...noStore.stored.rooms, rooms, current, numbers };
  return startModel(run, client, { stored: { ...noStore.stored, rooms: stored } });
}

function start(...given: Parameters<typeof model>) {
  const { chat } = model(...given);
  return [[...chat.rooms.keys()], chat.current];
}

test("the usual room is for who has none; it may have been left", () => {
  expect(start({}, ["den", "ops"], "ops")).toEqual([
    [roomKey("den"), roomKey("ops")],
    roomKey("ops"),
  ]);
  expect(start({}, ["den", "ops"], null)).toEqual([
    [roomKey("den"), roomKey("ops")],
    roomKey("den"),
  ]);
  expect(start({}, [], null)).toEqual([[roomKey("lobby")], roomKey("lobby")]);
});

test("a room has the number that it had the last time, whatever is entered besides", () => {
  const config = ClientConfig.parse({ rooms: ["hall"] });
  const run = { config, hasRooms: true };
  const stored = new Map([
    [roomKey("ops"), 4],
    [roomKey("den"), 1],
    [roomKey("gone"), 2],
  ]);
  const { numbers } = model(run, ["den", "ops"], "den", stored);
  expect(Object.fromEntries(numbers)).toEqual({ den: 1, hall: 2, ops: 4 });
  const again = storedRooms(model(run, ["den", "ops"], "den", stored), new Map());
  expect(model({}, again.rooms, "den", again.numbers).numbers).toEqual(numbers);
});

test("rooms that were asked for are entered besides those of the last time", () => {
  const config = ClientConfig.parse({ rooms: ["hall"] });
  expect(start({ config, hasRooms: true }, ["den"], "den")).toEqual([
    [roomKey("hall"), roomKey("den")],
    roomKey("den"),
  ]);
  expect(start({ config, hasRooms: true, isRoomGiven: true }, ["den"], "den")).toEqual([
    [roomKey("hall"), roomKey("den")],
    roomKey("hall"),
  ]);
});
