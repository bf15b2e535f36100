// The session between the model, a connection that answers by hand, and a terminal in memory.

import { expect, test } from "bun:test";
import { createModel, type NotifyLevel, withCurrent, withRoom } from "@maru/chat-model/model";
import { Outbox } from "@maru/chat-model/perform";
import type { NameKey } from "@maru/protocol/chat";
import { type ChatClient, MaruError, roomKey, type Unsent } from "@maru/sdk/chat";
import type { TerminalInput } from "@maru/tui/input";
import { IdleCollector } from "@maru/tui/io";
import type { Terminal } from "@maru/tui/terminal";
import type { MemoryDisk } from "@maru/tui/testing/files";
import { sampleSettings } from "../../../test/fixtures/sample-screen.ts";
import { openClient } from "../../../test/store/store-client.ts";
import { bindingsOf } from "../../screen/keys/bindings.ts";
import { createScreenModel, type ScreenModel } from "../../screen/model/screen-model.ts";
import { MovingStore } from "../../store/moving-store.ts";
import { ScreenSession } from "./screen-session.ts";
import { withStored } from "./screen-store.ts";

const online = { phase: "online", nick: "ann", sinceMs: 0 } as const;
const fault = (code: string, retryable = false) =>
  new MaruError({ code, message: `It was ${code}.`, retryable });
const soon = () => new Promise((resolve) => setImmediate(resolve));

interface Options {
  readonly levels?: ReadonlyMap<NameKey, NotifyLevel>;
  readonly disk?: MemoryDisk;
  /** Typed, with Enter behind it, before the session listens. */
  readonly early?: string;
}

/** In den and ops; `den` is shown. */
class Played {
  nowMs = 1_000_000;
  joinFault: MaruError | null = null;
  state: ChatClient["state"] = online;
  readonly titles: string[] = [];
  frames = 0;
  readonly refusals: (MaruError | null)[] = [];
  readonly disk: MemoryDisk;
  readonly session: ScreenSession;
  #hear: (input: TerminalInput) => void = () => {};

  constructor({ levels = new Map(), disk: known, early = "" }: Options = {}) {
    const { store: stored, disk } = openClient(known);
    this.disk = disk;
    const store = new MovingStore(() => stored, "ann");
    const client = this.#client();
    let chat = createModel("ann", online);
    for (const room of ["den", "ops"]) chat = withRoom(chat, room);
    const parts = { size: { width: 80, height: 24 }, settings: sampleSettings, ...bindingsOf() };
    const model = createScreenModel(withCurrent(chat, roomKey("den")), parts);
    const outbox = new Outbox(client, store);
    this.session = new ScreenSession(withStored({ ...model, levels }, store.stored), {
      ...{ client, store, outbox },
      tools: { editor: undefined, call: () => {} },
      nowMs: () => this.nowMs,
      collector: new IdleCollector(() => {}),
      configuredLevels: levels,
    });
    this.session.attach(this.#terminal(early));
    outbox.resume(new Map(), this.session.answered);
    this.store = store;
  }

  readonly store: MovingStore;

  get rooms(): string[] {
    return [...this.session.model.chat.rooms.keys()];
  }

  type(text: string): void {
    for (const each of text) this.#hear({ type: "key", chord: each, text: each });
  }

  press(chord: string): void {
    this.#hear({ type: "key", chord, text: "" });
  }

  tick(ms = 1_000): void {
    this.nowMs += ms;
    this.session.apply({ type: "ticked" });
  }

  /** What a client finds that comes after a kill. */
  stored() {
    this.store.flush();
    return openClient(this.disk).store.stored;
  }

  #client(): ChatClient {
    const played = this;
    const client = {
      me: "ann",
      get state() {
        return played.state;
      },
      join: () => (this.joinFault === null ? Promise.resolve() : Promise.reject(this.joinFault)),
      typing: () => Promise.resolve(),
      inbox: () => new Promise(() => {}),
      history: () => new Promise(() => {}),
      mark: () => new Promise(() => {}),
      resend: (list: readonly Unsent[]) =>
        list.map(() => {
          const refusal = this.refusals.shift() ?? null;
          return refusal === null ? new Promise(() => {}) : Promise.reject(refusal);
        }),
    };
    return client as unknown as ChatClient;
  }

  #terminal(early: string): Terminal {
    const terminal: Partial<Terminal> = {
      size: { width: 61, height: 17 },
      listen: (listener) => {
        this.#hear = listener;
        this.type(early);
        if (early !== "") this.press("enter");
      },
      refresh: () => {
        this.frames += 1;
      },
      title: (text) => this.titles.push(text),
      suspend: () => {},
    };
    return terminal as Terminal;
  }
}

test("the model hears how large the terminal is when there is one", () => {
  expect(new Played().session.model.size).toEqual({ width: 61, height: 17 });
});

test("what was typed while it starts sends no draft that has not been seen yet", () => {
  const empty = new Played({ early: "hi" });
  expect([empty.session.model.editor.text, empty.session.model.pending.length]).toEqual(["", 1]);
  const before = new Played();
  before.type("half a thought ");
  before.store.flush();
  const after = new Played({ disk: before.disk, early: "ls" });
  expect(after.session.model.editor.text).toBe("half a thought ls\n");
  expect(after.session.model.pending).toEqual([]);
  after.press("enter");
  expect(after.session.model.pending).toHaveLength(1);
});

test("rooms stay when the client is closed, has never been online, or the server is busy", async () => {
  for (const [error, state] of [
    [fault("closed"), online],
    [fault("nick_in_use"), { phase: "closed", reason: fault("nick_in_use") }],
    [fault("rate_limited", true), online],
  ] as const) {
    const played = new Played();
    played.session.apply({ type: "resized", size: { width: 80, height: 24 } });
    played.joinFault = error;
    played.state = state;
    played.session.enter();
    await soon();
    expect([error.code, played.rooms]).toEqual([error.code, ["den", "ops"]]);
  }
});

test("a room that is refused for good goes, and the person is told of one that may come", async () => {
  const played = new Played();
  played.joinFault = fault("rate_limited", true);
  played.session.enter();
  await soon();
  expect(played.session.model.toast?.text).toContain("can't join");
  played.joinFault = fault("forbidden");
  played.session.enter();
  await soon();
  expect(played.rooms).toEqual([]);
});

test("after the end nothing changes what is kept", () => {
  const played = new Played();
  played.type("half");
  played.session.finish();
  const effect = { type: "join", room: "den" } as const;
  played.session.apply({ type: "failed", effect, error: fault("forbidden") });
  expect(played.rooms).toEqual(["den", "ops"]);
  expect(played.stored().drafts.get(roomKey("den"))?.text).toBe("half");
});

test("a command that goes to another room is no draft of the one that was left", () => {
  const played = new Played();
  played.type("/join ops");
  played.press("enter");
  expect(played.session.model.chat.current).toBe(roomKey("ops"));
  expect([...played.stored().drafts]).toEqual([]);
});

test("what is typed where one was put out of every room is that room's draft", () => {
  const played = new Played();
  played.type("half");
  for (const room of ["ops", "den"]) {
    const event = { type: "left" as const, room, reason: fault("forbidden") };
    played.session.apply({ type: "event", event });
  }
  played.type("!");
  expect(played.session.model.chat.current).toBeNull();
  expect(played.stored().drafts.get(roomKey("den"))?.text).toBe("half!");
});

test("what an answer is for comes back with its draft, and not in another log", () => {
  const played = new Played();
  played.type("so it is");
  const { session } = played;
  const compose = { kind: "reply", seq: 3 } as const;
  const before = session.model;
  const chat = withRoom(before.chat, "den", { epoch: "e1" });
  const keeping: ScreenModel = { ...before, chat, compose };
  const next = new ScreenSession(keeping, {
    ...{ client: { state: online } as unknown as ChatClient, store: played.store },
    outbox: new Outbox({} as ChatClient, played.store),
    tools: { editor: undefined, call: () => {} },
    nowMs: () => 0,
    collector: new IdleCollector(() => {}),
  });
  next.apply({ type: "key", chord: "!", text: "!" });
  played.store.flush();
  const later = new Played({ disk: played.disk });
  expect(later.session.model.compose).toEqual(compose);
  expect(later.session.model.editor.text).toBe("so it is!");
  const people = { topic: "", memberCount: 1, members: ["ann"] };
  const log = { epoch: "e2", head: 9, recovered: true, again: false };
  const event = { type: "joined" as const, room: "den", ...people, ...log };
  later.session.apply({ type: "event", event });
  expect(later.session.model.compose).toEqual({ kind: "say" });
});

test("levels of the settings are not kept, those of commands are", () => {
  const levels = new Map([
    [roomKey("den"), "all" as const],
    [roomKey("ops"), "none" as const],
  ]);
  const played = new Played({ levels });
  played.type("/notify none");
  played.press("enter");
  expect([...played.stored().rooms.levels]).toEqual([[roomKey("den"), "none"]]);
});

test("refused sends are kept; what else was refused is told, and done with", async () => {
  const played = new Played();
  played.refusals.push(fault("too_long"), fault("forbidden"));
  played.type("hello");
  played.press("enter");
  played.type("/topic new");
  played.press("enter");
  await soon();
  expect(played.stored().failed.map(({ unsent }) => unsent.type)).toEqual(["send"]);
});

test("what an earlier version kept of refused edits is done with", () => {
  const { store, disk } = openClient();
  store.outbox.put({ type: "edit", room: "den", target: 7, text: "better", cid: "c1" });
  store.outbox.fail("c1", "not yours");
  store.flush();
  expect(new Played({ disk }).stored().failed).toEqual([]);
});

test("a tick that changes nothing draws nothing", () => {
  const played = new Played();
  played.tick();
  const { frames } = played;
  played.tick();
  played.tick();
  expect(played.frames).toBe(frames);
  played.session.apply({ type: "told", text: "a word", isError: false });
  played.tick(60_000);
  expect(played.frames).toBe(frames + 2);
  expect(played.session.model.toast).toBeNull();
});

test("the title is told once, and again when the terminal was another's", () => {
  const played = new Played();
  played.tick();
  expect(played.titles).toHaveLength(1);
  const back = { type: "edited-outside", key: roomKey("den"), text: null, problem: null } as const;
  played.session.apply(back);
  expect(played.titles).toHaveLength(2);
  played.press("ctrl-z");
  expect(played.titles).toHaveLength(2);
  played.tick();
  expect(played.titles).toHaveLength(3);
  played.tick();
  played.tick();
  const { length } = played.titles;
  // Stopped from outside.
  played.tick(60_000);
  expect(played.titles).toHaveLength(length + 1);
});
