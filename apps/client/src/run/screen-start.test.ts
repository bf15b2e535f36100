import { expect, test } from "bun:test";
import type { Client } from "@maru/sdk";
import type { ScreenRun } from "../cli/programs.ts";
import { ClientConfig } from "../config/client-config.ts";
import { loadEnvironment } from "../config/load-config.ts";
import { noKeep } from "../keep/no-keep.ts";
import { startModel } from "./screen-start.ts";

const client = { me: "ann", state: { phase: "connecting" } } as unknown as Client;

function start(fields: Partial<ScreenRun>, rooms: readonly string[], current: string | null) {
  const [room = "lobby"] = fields.config?.rooms ?? [];
  const run: ScreenRun = {
    target: { host: "h", port: 1, room },
    nick: "ann",
    colour: false,
    config: ClientConfig.parse({}),
    depth: "none",
    environment: loadEnvironment({}),
    isRoomGiven: false,
    hasRooms: false,
    ...fields,
  };
  const keep = { kept: { ...noKeep.kept, rooms: { ...noKeep.kept.rooms, rooms, current } } };
  const { chat } = startModel(run, client, keep);
  return [[...chat.rooms.keys()], chat.current];
}

test("the usual room is for who has none; it may have been left", () => {
  expect(start({}, ["den", "ops"], "ops")).toEqual([["den", "ops"], "ops"]);
  expect(start({}, ["den", "ops"], null)).toEqual([["den", "ops"], "den"]);
  expect(start({}, [], null)).toEqual([["lobby"], "lobby"]);
});

test("rooms that were asked for are entered besides those of the last time", () => {
  const config = ClientConfig.parse({ rooms: ["hall"] });
  expect(start({ config, hasRooms: true }, ["den"], "den")).toEqual([["hall", "den"], "den"]);
  expect(start({ config, hasRooms: true, isRoomGiven: true }, ["den"], "den")).toEqual([
    ["hall", "den"],
    "hall",
  ]);
});
