import { expect, test } from "bun:test";
import { type NameKey, type Nick, type RoomName, TypingNotices } from "@maru/protocol/chat";
import { defaultChatSettings } from "../settings.ts";
import { Conversations } from "./conversations.ts";
import { CostBudget } from "./cost-budget.ts";
import { mayEnter, rememberSpelling } from "./membership.ts";
import { Networks } from "./networks.ts";
import { ReadBudget } from "./read-budget.ts";
import { type ChatSession, createRoom } from "./room-and-session.ts";

const key = (name: string) => name as NameKey;
const noCostBounds = { workBurstUs: 1, workRateUs: 0, fanoutBurstBytes: 1, fanoutRateBytes: 0 };

test("a session has few spellings remembered of each room that it is in, however many it invents", () => {
  const network = new Networks(defaultChatSettings).enter("10.0.0.1", 0);
  const room = createRoom({
    key: key("a"),
    name: "a" as RoomName,
    epoch: "e",
    head: 0,
    topic: "",
    openedBy: network,
  });
  const session: ChatSession = {
    id: 1,
    token: "token",
    formerToken: null,
    nick: "mina" as Nick,
    nickKey: key("mina"),
    rooms: new Set([room]),
    conversations: new Conversations(),
    opening: 0,
    waiting: 0,
    network,
    newRooms: network.newRooms,
    roomsBySpelling: new Map(),
    readBudget: new ReadBudget({ readBurstBytes: 1, readRateBytes: 1 }, 0),
    costBudget: new CostBudget(noCostBounds, 0),
    typing: new TypingNotices(),
    questions: 0,
  };
  for (let spelling = 0; spelling < 100; spelling += 1) {
    rememberSpelling(session, `a${spelling}`, room);
  }
  expect(session.roomsBySpelling.size).toBe(4);
});

test("a conversation may be entered by its two people, any other room by every session", () => {
  expect(mayEnter(key("@jun+mina"), key("mina"))).toBe(true);
  expect(mayEnter(key("@jun+mina"), key("jun"))).toBe(true);
  expect(mayEnter(key("@jun+mina"), key("eve"))).toBe(false);
  expect(mayEnter(key("@jun+mina"), key("min"))).toBe(false);
  expect(mayEnter(key("lobby"), key("eve"))).toBe(true);
});
