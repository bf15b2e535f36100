// Whatever takes rooms away and brings them back while a person types: what is typed in one room is
// never said in another.

import { afterAll, expect, test } from "bun:test";
import { foldName } from "@maru/protocol/chat";
import fc from "fast-check";
import { fault, Script } from "../../../test/fixtures/scripted-screen.ts";
import { ScriptedServer } from "../../../test/fixtures/scripted-server.ts";
import type { ScreenInput } from "../model/screen-step.ts";

const { seed = Date.now() } = fc.readConfigureGlobal();
afterAll(() => process.stdout.write(`seed of what is typed here: ${seed}\n`));

const rooms = ["lobby", "ops", "@bob+mina"];

type Act =
  | { readonly kind: "word" | "enter" | "reconnect" | "rename" | "inbox" | "refuse" | "clear" }
  | { readonly kind: "key"; readonly chord: string }
  | { readonly kind: "command"; readonly line: string }
  | { readonly kind: "out"; readonly at: number }
  | { readonly kind: "events"; readonly count: number };

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ kind: "word" } as const) },
  { weight: 5, arbitrary: fc.constant({ kind: "enter" } as const) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("out" as const), at: fc.nat(2) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("events" as const), count: fc.nat(6) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("key" as const),
      chord: fc.constantFrom("alt-1", "alt-2", "alt-3", "alt-a", "alt-/", "alt-left", "escape"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("command" as const),
      line: fc.constantFrom("/join ops", "/join lobby", "/join den", "/part", "/part ops"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("reconnect", "rename", "inbox", "refuse", "clear"),
    }),
  },
);

class Play {
  readonly screen = new Script({}, { scrollback: 100 });
  readonly server = new ScriptedServer();
  #words = 0;
  /** Where the person believes to type: where they went themselves. */
  #place: string | null = null;

  constructor() {
    for (const [at, name] of rooms.entries()) this.server.open(name, 10 * at);
    this.give({ type: "started" });
  }

  give(input: ScreenInput): void {
    for (const effect of this.screen.do(input)) {
      this.server.take(effect);
      if (effect.type === "send") this.#expectAtHome(effect.room, effect.text);
    }
  }

  /** Each word tells where it was typed. */
  #expectAtHome(room: string, text: string): void {
    const homes = [...text.matchAll(/in:(\S+):\d+/g)].map(([, home]) => home);
    expect([text, homes.filter((home) => home !== foldName(room))]).toEqual([text, []]);
  }

  key(chord: string): void {
    this.give({ type: "key", chord, text: "" });
    const { chat, lineOf } = this.screen.model;
    this.#place = chat.current ?? lineOf;
  }

  do(act: Act): void {
    const { screen, server } = this;
    switch (act.kind) {
      case "word": {
        this.#words += 1;
        if (this.#place === null) return;
        const text = `in:${this.#place}:${this.#words} `;
        return this.give({ type: "paste", text, isCut: false });
      }
      case "enter":
        return this.key("enter");
      case "clear":
        return this.key("ctrl-c");
      case "key":
        return this.key(act.chord);
      case "command":
        if (screen.text !== "") return;
        this.give({ type: "paste", text: act.line, isCut: false });
        return this.key("enter");
      case "out":
        return server.throwOut(act.at);
      case "events":
        for (const event of server.events.splice(0, act.count)) this.give({ type: "event", event });
        return;
      case "reconnect":
        if (server.isOnline) server.disconnect();
        else server.reconnect(false);
        return;
      case "rename":
        return server.rename();
      case "inbox": {
        const answer = server.answerInbox(false);
        if (answer !== null) this.give(answer);
        return;
      }
      case "refuse": {
        const room = screen.model.chat.current;
        const effect = { type: "join", room: room ?? "lobby" } as const;
        return this.give({ type: "failed", effect, error: fault });
      }
    }
  }
}

test("what is typed in one room is never said in another", () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 10, maxLength: 80 }), (list) => {
      const play = new Play();
      for (const act of list) play.do(act);
    }),
    { seed, numRuns: 300 },
  );
}, 60_000);
