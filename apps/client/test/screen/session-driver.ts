// Drives the full screen without a terminal: the real session on a real connection, played by
// keys. For tests of what the client and the server know together; nothing of it is drawn or kept.

import { createModel, type RoomModel, withCurrent, withRoom } from "@maru/chat-model/model";
import { Outbox } from "@maru/chat-model/perform";
import { type ChatClient, openChat, roomKey } from "@maru/sdk/chat";
import { Changes } from "@maru/testkit";
import { IdleCollector } from "@maru/tui/io";
import type { Terminal } from "@maru/tui/terminal";
import { ScreenSession } from "../../src/modes/screen/screen-session.ts";
import { bindingsOf } from "../../src/screen/keys/bindings.ts";
import { createScreenModel, type ScreenModel } from "../../src/screen/model/screen-model.ts";
import { ClientConfig } from "../../src/settings/client-config.ts";
import { screenSettingsOf } from "../../src/settings/screen-settings-of.ts";
import { MovingStore } from "../../src/store/moving-store.ts";
import { noStore } from "../../src/store/no-store.ts";

const size = { width: 80, height: 24 };

export class SessionDriver {
  readonly session: ScreenSession;
  readonly client: ChatClient;
  readonly #changes = new Changes();

  constructor(port: number, nick: string, rooms: readonly string[]) {
    this.client = openChat({ port, nick, client: "driver" });
    const settings = screenSettingsOf(ClientConfig.parse({}));
    const { bindings } = bindingsOf();
    let chat = createModel(nick, this.client.state);
    for (const room of rooms) chat = withRoom(chat, room);
    chat = withCurrent({ ...chat, nowMs: Date.now() }, roomKey(rooms[0] ?? "lobby"));
    const store = new MovingStore(() => noStore, nick);
    this.session = new ScreenSession(createScreenModel(chat, { size, settings, bindings }), {
      client: this.client,
      store,
      outbox: new Outbox(this.client, store),
      tools: { editor: undefined, call: () => {} },
      collector: new IdleCollector(() => {}),
      nowMs: Date.now,
    });
    this.session.attach(terminalOf(() => this.#changes.tell()));
    // Like the program itself: the rooms are asked for before anything else.
    for (const room of rooms) {
      const effect = { type: "join", room } as const;
      void this.client
        .join(room)
        .catch((error) => this.session.apply({ type: "failed", effect, error }));
    }
    this.session.apply({ type: "started" });
    void this.session.follow();
  }

  get model(): ScreenModel {
    return this.session.model;
  }

  room(name: string): RoomModel {
    const room = this.model.chat.rooms.get(roomKey(name));
    if (room === undefined) throw new Error(`not in ${name}`);
    return room;
  }

  press(chord: string): void {
    this.session.apply({ type: "key", chord, text: "" });
  }

  enter(text: string): void {
    this.session.apply({ type: "paste", text, isCut: false });
    this.press("enter");
  }

  /** Resolves when the model is so. */
  until(isSo: (model: ScreenModel) => boolean): Promise<void> {
    return this.#changes.until(
      () => isSo(this.model),
      () => `it did not come to ${isSo}`,
    );
  }

  /** In all rooms, and nothing is asked for that has not come. */
  settled(): Promise<void> {
    return this.until(
      ({ chat, loading }) =>
        loading.size === 0 &&
        chat.inbox === "told" &&
        [...chat.rooms].every(([key, room]) => room.memberCount !== null || key.startsWith("@")),
    );
  }

  /** Tells the server what was read, as the program does now and then, and goes. */
  async leave(): Promise<void> {
    this.session.apply({ type: "due" });
    await this.client.close({ deadlineMs: 2_000 });
  }
}

function terminalOf(refresh: () => void): Terminal {
  const nothing = () => {};
  return {
    size,
    refresh,
    listen: nothing,
    redraw: nothing,
    ring: nothing,
    notify: nothing,
    title: nothing,
    copy: nothing,
    mouse: nothing,
    suspend: nothing,
    lend: (during) => during(),
    end: () => Promise.resolve(),
  };
}
