// Whatever is done, and whatever comes: no toast that speaks of a state is seen where that is over.
// Each is judged by its words alone, so that one which was bound to nothing is found.

import { afterAll, expect, test } from "bun:test";
import { currentRoom } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import fc from "fast-check";
import {
  fault,
  inLobby,
  online,
  type Script,
  said,
  waiting,
} from "../../../test/fixtures/scripted-screen.ts";
import type { ScreenModel } from "../model/screen-model.ts";

const { seed = Date.now() } = fc.readConfigureGlobal();
afterAll(() => process.stdout.write(`seed of the toasts: ${seed}\n`));

type Judge = (model: ScreenModel, lines: number, made: ScreenModel) => boolean;
const held = ({ chat }: ScreenModel): number => currentRoom(chat)?.timeline.count ?? 0;

/** By the words: whether they hold. `lines`: those entered since it was `made`. */
const holds: readonly (readonly [words: RegExp, Judge])[] = [
  [/as a command: \/help/, ({ editor }) => editor.text.trim() === "help"],
  [/^no date/, (_model, lines) => lines === 0],
  [/to leave$/, ({ isLeavingOffered }) => isLeavingOffered],
  [/takes it back for good/, ({ takingBack }) => takingBack !== null],
  [/Esc closes what is open/, ({ overlay }) => overlay !== null],
  [/you are connected/, ({ chat }) => chat.state.phase === "online"],
  [/only while you are online/, ({ chat }) => chat.state.phase !== "online"],
  [/send or clear what you type/, ({ editor }) => editor.text !== ""],
  [/send or leave what you edit/, ({ compose }) => compose.kind === "edit"],
  [/select a message first/, ({ selected }) => selected === null],
  [/only your own messages/, ({ selected }) => selected !== null],
  [/you are in no room/, ({ chat }) => chat.current === null],
  [/no message to do that to/, (model, _, made) => held(model) === held(made)],
  [/there is no room (\d)/, ({ numbers }) => ![...numbers.values()].includes(7)],
  [/until \/dnd off/, ({ doNotDisturb }) => doNotDisturb],
  [/called again/, ({ doNotDisturb }) => !doNotDisturb],
  [/can't join den/, ({ chat }) => (chat.rooms.get(roomKey("den"))?.memberCount ?? null) === null],
  [/you left ops/, ({ chat }) => (chat.rooms.get(roomKey("ops"))?.memberCount ?? null) === null],
];

const keys = fc.constantFrom(
  ...["enter", "escape", "ctrl-c", "alt-1", "alt-2", "alt-7", "alt-p", "alt-n", "alt-q", "alt-c"],
  ...[
    "alt-x",
    "alt-x",
    "alt-c",
    "alt-q",
    "alt-p",
    "alt-t",
    "alt-a",
    "alt-u",
    "f1",
    "ctrl-g",
    "pageup",
    "pagedown",
    "left",
    "alt-m",
  ],
);
const lines = fc.constantFrom(
  ...["help", "hi", "/goto 02:14:40", "/goto 3d", "/topic", "/nick", "/dnd", "/reconnect", "/help"],
  ...["/join den", "/part", "/retry", "/last"],
);
/** Something that happens, as data, so that a failure shows what it was. */
const happenings = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant("press"), keys) },
  { weight: 5, arbitrary: fc.tuple(fc.constant("enter"), lines) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("type"), fc.constantFrom("x", "help")) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom("mina", "bob"), fc.constantFrom("lobby", "ops")),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom("online", "waiting", "refused"), fc.constant("")),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom("joined", "left"), fc.constantFrom("den", "ops")),
  },
);

const isIn = ({ model }: Script, room: string): boolean =>
  (model.chat.rooms.get(roomKey(room))?.memberCount ?? null) !== null;

function happen(script: Script, what: string, which: string, seq: number): void {
  switch (what) {
    case "press":
      return void script.press(which);
    case "enter":
      return void script.enter(which);
    case "type":
      return void script.type(which);
    case "online":
      return void script.event({ type: "state", state: online });
    case "waiting":
      return void script.event({ type: "state", state: waiting });
    case "joined":
      return void script.joins(which);
    case "left":
      return void script.event({ type: "left", room: which, reason: null });
    case "refused":
      if (isIn(script, "den")) return;
      return void script.do({
        type: "failed",
        effect: { type: "join", room: "den" },
        error: fault,
      });
    default:
      return void script.event(said(which, seq, what));
  }
}

test("no toast outlives what it speaks of", () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(fc.array(happenings, { minLength: 5, maxLength: 60 }), (list) => {
      const script = inLobby();
      for (const seq of [1, 2, 3]) script.event(said("lobby", seq, "mina"));
      let [entered, made] = [0, script.model];
      for (const [at, [what, which]] of list.entries()) {
        const before = script.model.toast;
        happen(script, what, which, at + 4);
        const { toast } = script.model;
        if (toast === null) continue;
        if (toast !== before) made = script.model;
        const isEnter = what === "enter" || which === "enter";
        entered = toast === before ? entered + Number(isEnter) : 0;
        for (const [words, isTrue] of holds) {
          if (!words.test(toast.text)) continue;
          met.add(words.source);
          if (!isTrue(script.model, entered, made))
            throw new Error(`after ${what} ${which}: ${toast.text}`);
        }
      }
    }),
    { seed, numRuns: 600, includeErrorInReport: true },
  );
  // Which are met is a matter of luck; toast.test.ts has each by itself.
  expect(met.size).toBeGreaterThan(holds.length / 2);
});
