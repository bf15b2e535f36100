// Everything that can be set about the chat, each setting with its bounds, its default and its meaning.
// The hub reads them by these names; a server makes its flags, variables and file keys of them.

import { count, defaultsOf, setting } from "@maru/settings";
import type * as z from "zod";
import { budgetSettings } from "./budget-settings.ts";

/** A count that is an hour old says little of who is there. */
const presenceCountMsMax = 3_600_000;

/** In the order in which they are shown. */
export const chatSettings = {
  ...budgetSettings,
  roomsMax: setting(count(1).default(100_000), {
    description: "rooms with people in them",
    value: "N",
    section: "Chat",
  }),
  roomsPerSession: setting(count(1).default(200), {
    description:
      "rooms that one session may be in; it is kept in as many conversations of its own and of others",
    value: "N",
    section: "Chat",
  }),
  historyPage: setting(count(1, 1_000).default(200), {
    description: "entries of one page of history",
    value: "N",
    section: "Chat",
  }),
  replayEntries: setting(count(0).default(1_000), {
    description: "entries that a join with `after` replays; more is for history",
    value: "N",
    section: "Chat",
  }),
  replayBytes: setting(count(0).default(262_144), {
    description: "bytes of entries that a join with `after` replays",
    value: "BYTES",
    section: "Chat",
  }),
  presenceNames: setting(count(0, 500).default(100), {
    description: "members up to which presence names people; larger rooms are told the count",
    value: "N",
    section: "Chat",
  }),
  presenceMs: setting(count(0, 60_000).default(100), {
    description:
      "milliseconds between two presence events of one room; what happens meanwhile is gathered",
    value: "MS",
    section: "Chat",
  }),
  presenceCountMs: setting(count(1, presenceCountMsMax).default(1_000), {
    description: "milliseconds between two presence events of a room that is told the count",
    value: "MS",
    section: "Chat",
  }),
};

export type ChatSettings = Readonly<z.output<z.ZodObject<typeof chatSettings>>>;

export const defaultChatSettings: ChatSettings = defaultsOf(chatSettings);
