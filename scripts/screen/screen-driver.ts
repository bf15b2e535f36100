// Drives the full-screen client as a person does: the real session, connected to the fixture's server, on
// a terminal in memory that OpenTUI draws. What is typed goes in as keys, what is seen comes out as
// cells. Owns the session; nothing is kept on disk.

import {
  createModel,
  currentRoom,
  emptyTimeline,
  itemsOf,
  withCurrent,
  withRoom,
} from "@maru/chat-model/model";
import { Outbox } from "@maru/chat-model/perform";
import {
  bindingsOf,
  ClientConfig,
  createScreenModel,
  MovingStore,
  noStore,
  type ScreenModel,
  ScreenSession,
  screenFrame,
  screenSettingsOf,
} from "@maru/client/screen";
import { type ChatClient, openChat, roomKey } from "@maru/sdk/chat";
import type { Frame, Size } from "@maru/tui/frame";
import { IdleCollector } from "@maru/tui/io";
import { createTestTerminal, type SeenSpan, type TestTerminal } from "@maru/tui/testing";
import { themeNamed } from "@maru/tui/theme";
import type { ChatFixture } from "./chat-fixture.ts";
import { HeldLine } from "./held-line.ts";

/** What is seen at one moment. */
export interface Sight extends Size {
  readonly spans: readonly (readonly SeenSpan[])[];
  readonly text: string;
  readonly caret: { readonly x: number; readonly y: number } | null;
}

export interface ScreenDriverOptions extends Size {
  readonly nick: string;
  readonly rooms: readonly string[];
  readonly theme?: string;
}

/** What is waited for must come: nothing here takes longer than the loopback. */
const patienceMs = 10_000;

export class ScreenDriver {
  readonly line = new HeldLine();
  readonly session: ScreenSession;
  readonly #client: ChatClient;
  /** What is looked at instead of what there is now. */
  #looked: ScreenModel | null = null;
  #terminal: TestTerminal | null = null;
  #theme: string;
  #waiting: (() => void)[] = [];

  constructor(fixture: ChatFixture, options: ScreenDriverOptions) {
    const { nick, rooms, theme = "default", width, height } = options;
    this.#theme = theme;
    const dialer = this.line.dialer(fixture.port);
    this.#client = openChat({ nick, client: "picture", dialer });
    const settings = screenSettingsOf(ClientConfig.parse({}));
    const { bindings } = bindingsOf();
    let chat = { ...createModel(nick, this.#client.state), nowMs: fixture.clock.nowMs() };
    for (const room of rooms) chat = withRoom(chat, room);
    chat = withCurrent(chat, roomKey(rooms[0] ?? "lobby"));
    const model = createScreenModel(chat, { size: { width, height }, settings, bindings });
    const store = new MovingStore(() => noStore, nick);
    this.session = new ScreenSession(model, {
      client: this.#client,
      store,
      outbox: new Outbox(this.#client, store),
      tools: { editor: undefined, call: () => {} },
      collector: new IdleCollector(() => {}),
      nowMs: fixture.clock.nowMs,
    });
    void this.session.follow();
  }

  get model(): ScreenModel {
    return this.session.model;
  }

  /** In the rooms, with their newest pages; resolves when all of it has come. */
  async sit(): Promise<void> {
    await this.#setTerminal();
    const { rooms } = this.model.chat;
    for (const { name: room } of rooms.values()) await this.#client.join(room);
    this.session.apply({ type: "started" });
    await this.until(
      ({ chat, loading }) =>
        loading.size === 0 &&
        [...chat.rooms.values()].every(({ memberCount }) => memberCount !== null),
    );
  }

  /** On another terminal from now on. */
  async move(size: Size, theme: string): Promise<void> {
    await this.#terminal?.end();
    this.#theme = theme;
    this.session.apply({ type: "resized", size });
    await this.#setTerminal();
  }

  get keys(): Pick<TestTerminal, "type" | "press" | "paste" | "focus"> {
    if (this.#terminal === null) throw new Error("there is no terminal yet");
    return this.#terminal;
  }

  /** Sends what is typed; resolves when it stands in the room, and nothing is on its way. */
  async say(): Promise<void> {
    const { text } = this.model.editor;
    this.keys.press("enter");
    await this.allSaid(text);
  }

  /** Resolves when nothing is on its way, and this is the last that was said here. */
  async allSaid(text: string): Promise<void> {
    await this.until(({ chat, pending }) => {
      const { timeline = emptyTimeline } = currentRoom(chat) ?? {};
      const last = itemsOf(timeline).findLast((item) => item.kind === "message");
      return pending.length === 0 && last?.message.text === text;
    });
  }

  /** Resolves when the model is so. */
  async until(isSo: (model: ScreenModel) => boolean): Promise<void> {
    const late = setTimeout(() => this.#wake(), patienceMs);
    const untilMs = performance.now() + patienceMs;
    while (!isSo(this.model)) {
      if (performance.now() >= untilMs) throw new Error(`it did not come to ${isSo}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    clearTimeout(late);
  }

  /** Resolves when this is to be read on the screen. */
  untilSeen(text: string): Promise<void> {
    const rows = (model: ScreenModel) =>
      screenFrame(model).rows.map((row) => row.map((span) => span.text).join(""));
    return this.until((model) => rows(model).some((row) => row.includes(text)));
  }

  /** What stands on the screen, or stood there when the model was so. */
  async look(model: ScreenModel = this.model): Promise<Sight> {
    this.#looked = model;
    const terminal = this.#terminal;
    if (terminal === null) throw new Error("there is no terminal yet");
    try {
      const spans = await terminal.spans();
      const text = await terminal.frameText();
      return { ...model.size, spans, text, caret: await terminal.caret() };
    } finally {
      this.#looked = null;
    }
  }

  async leave(): Promise<void> {
    await this.#client.close({ deadlineMs: 0 });
    await this.#terminal?.end();
  }

  async #setTerminal(): Promise<void> {
    const theme = themeNamed(this.#theme)?.styles;
    if (theme === undefined) throw new Error(`there is no theme ${this.#theme}`);
    const frame = (): Frame => screenFrame(this.#looked ?? this.model);
    const { size } = this.model;
    const made = await createTestTerminal({ ...size, frame, theme });
    this.#terminal = made;
    this.session.attach({ ...made.terminal, size, refresh: () => this.#wake() });
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
