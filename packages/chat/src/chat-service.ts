// Carries out the hub's effects: on the engine's service port and on the room log.
// The only place where the chat meets either; holds no chat state but which group is which room's.

import type { CreateService, Group, Service, ServicePort, Session } from "@maru/core";
import { startTimer } from "@maru/protocol";
import type { ChatClientMessage, ChatServerMessage, NameKey } from "@maru/protocol/chat";
import type { Effects, LogTag, SessionId } from "./hub/effects.ts";
import type { HubConfig } from "./hub/hub-state.ts";
import { Hub } from "./hub.ts";
import type { CreateRoomLog, LogResult, RoomLog } from "./room-log.ts";

export interface ChatOptions {
  readonly config: Omit<HubConfig, "durability">;
  readonly log: CreateRoomLog<LogTag>;
  /** Wall clock, milliseconds since 1970. */
  readonly now?: () => number;
  /** Runs something in so many milliseconds, unless what it returns is called before. */
  readonly after?: (ms: number, run: () => void) => () => void;
}

/** On its own it keeps no process alive. */
const afterReal = (ms: number, run: () => void) => startTimer(ms, run, { isBackground: true });

type Port = ServicePort<ChatServerMessage>;

export function createChatService(
  options: ChatOptions,
): CreateService<ChatClientMessage, ChatServerMessage> {
  return (port) => new ChatService(port, options);
}

export class ChatService implements Service<ChatClientMessage> {
  readonly #port: Port;
  readonly #hub: Hub;
  readonly #log: RoomLog<LogTag>;
  readonly #now: () => number;
  readonly #sessions = new Map<SessionId, Session>();
  readonly #groups = new Map<NameKey, Group>();
  /** Results that the log gave while effects were being carried out. */
  #results: LogResult<LogTag>[] = [];
  #isSettling = false;
  readonly #after: (ms: number, run: () => void) => () => void;
  /** The tick that the hub wants: when it comes, and what calls it off; null if none is to come. */
  #wantedTick: { readonly atMs: number; readonly callOff: () => void } | null = null;

  constructor(port: Port, options: ChatOptions) {
    this.#port = port;
    this.#now = options.now ?? Date.now;
    this.#log = options.log((result) => this.#logged(result));
    const { durability } = this.#log;
    this.#hub = new Hub({ ...options.config, durability });
    this.#after = options.after ?? afterReal;
  }

  /** What is held now, for metrics and tests. */
  get counts() {
    return {
      connections: this.#sessions.size,
      sessions: this.#hub.sessionCount,
      rooms: this.#hub.roomCount,
      groups: this.#groups.size,
    };
  }

  open(session: Session): void {
    this.#sessions.set(session.id, session);
  }

  message(session: Session, message: ChatClientMessage): void {
    this.#perform(this.#hub.command(session.id, message, this.#now(), session.network));
  }

  close(session: Session): void {
    this.#perform(this.#hub.closed(session.id));
    this.#sessions.delete(session.id);
  }

  /** One commit for all that was proposed in this tick. */
  endTick(): void {
    this.#perform(this.#hub.takeUp(this.#now()));
    this.#commit();
    this.#perform(this.#hub.endTick(this.#now()));
    this.#wantTick();
  }

  async stop(): Promise<void> {
    this.endTick();
    this.#wantedTick?.callOff();
    await this.#log.close();
  }

  /** Sees to it that a tick comes when the hub wants one, though nothing may have happened by then. */
  #wantTick(): void {
    const now = this.#now();
    const waitMs = this.#hub.wantsTickIn(now);
    if (waitMs === null) return;
    const atMs = now + waitMs;
    if (this.#wantedTick !== null && this.#wantedTick.atMs <= atMs) return;
    this.#wantedTick?.callOff();
    const callOff = this.#after(waitMs, () => {
      this.#wantedTick = null;
      this.endTick();
    });
    this.#wantedTick = { atMs, callOff };
  }

  /** A log on this thread answers while it is asked; its results wait until the effects are done. */
  #logged(result: LogResult<LogTag>): void {
    this.#results.push(result);
    if (this.#isSettling) return;
    this.#settle();
    // What the hub has asked of the log in reply is part of no tick, which would commit it.
    this.#commit();
  }

  #commit(): void {
    this.#isSettling = true;
    this.#log.commit();
    this.#isSettling = false;
    this.#settle();
  }

  #settle(): void {
    while (this.#results.length > 0) {
      const results = this.#results;
      this.#results = [];
      const now = this.#now();
      for (const result of results) this.#perform(this.#hub.logged(result, now));
    }
  }

  #perform(effects: Effects): void {
    if (effects.length === 0) return;
    const wasSettling = this.#isSettling;
    this.#isSettling = true;
    for (const effect of effects) this.#carryOut(effect);
    this.#isSettling = wasSettling;
    if (!wasSettling) this.#settle();
  }

  #carryOut(effect: Effects[number]): void {
    if (effect.kind === "log") return this.#log.submit(effect.request);
    if (effect.kind === "publish") {
      const group = this.#groups.get(effect.room);
      if (group !== undefined) this.#port.publish(group, effect.message);
      return;
    }
    if (effect.kind === "dissolve") {
      this.#groups.delete(effect.room);
      return;
    }
    const session = this.#sessions.get(effect.session);
    if (session === undefined) return;
    switch (effect.kind) {
      case "reply":
        return this.#port.reply(session, effect.message);
      case "send":
        return this.#port.send(session, effect.message);
      case "accept":
        return this.#port.accept(session);
      case "enter":
        return this.#port.join(this.#groupOf(effect.room), session);
      case "exit":
        return this.#port.leave(this.#groupOf(effect.room), session);
      case "close":
        return this.#port.close(session, effect.reason);
    }
  }

  #groupOf(room: NameKey): Group {
    let group = this.#groups.get(room);
    if (group === undefined) {
      group = this.#port.createGroup();
      this.#groups.set(room, group);
    }
    return group;
  }
}
