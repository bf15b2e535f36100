// What ends a toast before its time: by what it is about, one that is, and something that it outlives.

import { expect, test } from "bun:test";
import {
  fault,
  inLobby,
  online,
  reading,
  type Script,
  said,
  waiting,
} from "../../../test/fixtures/scripted-screen.ts";
import { screenFrame } from "../view/screen-frame.ts";
import { toastErrorMs } from "./toast.ts";

type Play = (script: Script) => unknown;
interface Case {
  readonly about: string;
  readonly text: string;
  readonly made: Play;
  /** Each of these ends it. */
  readonly ends: readonly Play[];
  /** None of these does. */
  readonly outlives: readonly Play[];
  readonly begins?: () => Script;
}

const types: Play = (script) => script.type("x");
const speaks: Play = (script) => script.enter("hi");
const goes: Play = (script) => script.press("alt-2");
const hears: Play = (script) => script.event(said("lobby", 900));
const typesAndClears: Play = (script) => script.press("ctrl-c");
const loses: Play = (script) => script.event({ type: "state", state: waiting });
const isOnline: Play = (script) => script.event({ type: "state", state: online });
const selects =
  (seq: number | null): Play =>
  (script) => {
    script.model = { ...script.model, selected: seq };
  };
const withOwn = (): Script => {
  const script = inLobby();
  for (const [seq, nick] of [
    [1, "mina"],
    [2, "bob"],
    [3, "mina"],
  ] as const) {
    script.event(said("lobby", seq, nick));
  }
  return script;
};
const chosen = (seq: number) => (): Script => {
  const script = withOwn();
  selects(seq)(script);
  return script;
};

const cases: readonly Case[] = [
  {
    about: "a word that may be a command",
    text: "as a command: /help",
    made: (script) => script.enter("help"),
    ends: [types, typesAndClears, goes, (s) => s.press("enter")],
    outlives: [hears, (s) => s.press("left")],
  },
  {
    about: "a date that is none",
    text: "no date",
    made: (script) => script.enter("/goto 02:14:40"),
    ends: [
      speaks,
      goes,
      (s) => s.enter("/goto 02:15"),
      (s) => s.enter("/topic"),
      (s) => s.press("escape"),
    ],
    outlives: [types, hears, (s) => s.press("pageup")],
  },
  {
    about: "who is in a room, told beside what one reads",
    text: "1 in lobby: mina",
    begins: () => reading(150),
    made: (script) => {
      script.joins("ops");
      script.press("pageup");
      script.do({ type: "members", room: "lobby", members: ["mina"] });
    },
    ends: [goes],
    outlives: [types, hears],
  },
  {
    about: "a room that could not be entered",
    text: "can't join den",
    made: (script) => {
      script.enter("/join den");
      const effect = { type: "join", room: "den" } as const;
      script.press("alt-1", "pageup");
      script.model = { ...script.model, chat: { ...script.model.chat, current: null } };
      script.do({ type: "failed", effect, error: fault });
    },
    ends: [(s) => s.joins("den"), goes],
    outlives: [types, hears],
  },
  {
    about: "a message that is not one's own",
    text: "only your own messages can be edited",
    begins: chosen(2),
    made: (script) => script.press("alt-c"),
    ends: [(s) => s.press("alt-p"), (s) => s.press("escape"), goes],
    outlives: [hears],
  },
  {
    about: "what is typed first",
    text: "send or clear what you type first",
    begins: withOwn,
    made: (script) => {
      script.type("half");
      script.press("alt-c");
    },
    ends: [typesAndClears, (s) => s.press("enter"), goes],
    outlives: [hears, (s) => s.press("left")],
  },
  {
    about: "taking a message back",
    text: "again takes it back for good",
    begins: chosen(3),
    made: (script) => script.press("alt-x"),
    ends: [types, (s) => s.press("alt-x"), goes],
    outlives: [hears],
  },
  {
    about: "leaving",
    text: "to leave",
    made: (script) => script.press("ctrl-c"),
    ends: [types, (s) => s.press("escape"), goes],
    outlives: [hears],
  },
  {
    about: "the connection",
    text: "you are connected",
    made: (script) => script.enter("/reconnect"),
    ends: [loses],
    outlives: [types, hears],
  },
  {
    about: "what can be had only online",
    text: "only while you are online",
    made: (script) => {
      loses(script);
      script.enter("/goto 3d");
    },
    ends: [isOnline, goes],
    outlives: [types],
  },
  {
    about: "a list that lies on top",
    text: "goes nowhere",
    made: (script) => {
      script.press("f1");
      script.type("x");
    },
    ends: [(s) => s.press("escape")],
    outlives: [hears, (s) => s.press("down")],
  },
  {
    about: "when one is called",
    text: "until /dnd off",
    made: (script) => script.enter("/dnd on"),
    ends: [(s) => s.enter("/dnd off")],
    outlives: [types, goes],
  },
  {
    about: "the mouse",
    text: "the mouse is on",
    made: (script) => script.enter("/mouse on"),
    ends: [(s) => s.enter("/mouse off")],
    outlives: [types, goes],
  },
  {
    about: "a number that no room has",
    text: "there is no room 7",
    made: (script) => script.press("alt-7"),
    ends: [goes, (s) => s.joins("den")],
    outlives: [types, hears],
  },
  {
    about: "other rooms with nothing new",
    text: "nothing new in other rooms",
    made: (script) => script.press("alt-a"),
    ends: [goes, (s) => s.event(said("ops", 1))],
    outlives: [types, hears],
  },
  {
    about: "a room with nothing unread",
    text: "nothing is unread here",
    begins: withOwn,
    made: (script) => script.press("alt-u"),
    ends: [goes, (s) => s.press("alt-shift-m")],
    outlives: [types],
  },
  {
    about: "a room with no message",
    text: "no message to do that to",
    made: (script) => script.press("alt-q"),
    ends: [goes, hears],
    outlives: [types],
  },
  {
    about: "the client itself",
    text: "the disk is full",
    made: (script) => script.do({ type: "told", text: "the disk is full", isError: true }),
    ends: [
      (s) => {
        s.nowMs += toastErrorMs;
        s.do({ type: "ticked" });
      },
    ],
    outlives: [types, speaks, goes, hears, loses],
  },
];

const plays = (which: "ends" | "outlives") =>
  cases.flatMap((each) => each[which].map((play, at) => [each.about, at + 1, each, play] as const));

function told({ begins = inLobby, made, text }: Case): Script {
  const script = begins();
  made(script);
  expect(script.toast).toContain(text);
  return script;
}

test.each(plays("ends"))("a toast about %s goes with that (%d)", (_about, _at, each, play) => {
  const script = told(each);
  play(script);
  expect(script.toast).not.toContain(each.text);
});

test.each(plays("outlives"))("a toast about %s stays otherwise (%d)", (_a, _at, each, play) => {
  const script = told(each);
  play(script);
  expect(script.toast).toContain(each.text);
});

test("a toast is read whole in the status line, or in the room", () => {
  for (const width of [40, 80, 120]) {
    for (const length of [10, 19, 20, 21, 58, 59, 60, 61, 90, 99, 100, 101, 200]) {
      const script = inLobby();
      script.do({ type: "resized", size: { width, height: 24 } });
      const text = "a".repeat(length);
      script.do({ type: "told", text, isError: false });
      const rows = screenFrame(script.model).rows.map((row) =>
        row.map((each) => each.text).join(""),
      );
      const isInLine = rows.some((row) => row.endsWith(`─ ${text}`));
      const isInRoom = script.notices.includes(text);
      expect([width, length, isInLine || isInRoom]).toEqual([width, length, true]);
      // What fits beside everything else is not said twice.
      if (length <= width / 2) expect(isInRoom).toBe(false);
    }
  }
});
