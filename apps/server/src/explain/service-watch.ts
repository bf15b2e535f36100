// What the service does for the connection that is explained: stands around the chat, its port and its
// room log, passes everything on, and tells. Chooses whom: the first that is welcomed, or the one with
// the wanted nick; when that one has gone, the next.

import type { CreateRoomLog, LogTag } from "@maru/chat";
import type { CreateService, Group, Service, ServicePort, Session } from "@maru/core";
import { type ChatClientMessage, type ChatServerMessage, foldName } from "@maru/protocol/chat";
import type { Chosen } from "./chosen.ts";
import { LogWatch } from "./log-watch.ts";
import { clockMs, type Observation, type Seen, type Tell, usSince } from "./observation.ts";

type Port = ServicePort<ChatServerMessage>;
type Create = CreateService<ChatClientMessage, ChatServerMessage>;

/** Greetings that may still be answered with a `welcome`; of more the oldest is forgotten. */
const greetingsMax = 32;

const by = "service";

export class ServiceWatch {
  readonly #wanted: string | null;
  readonly #chosen: Chosen;
  readonly #tell: Tell;
  readonly #log: LogWatch;
  readonly #greetings = new Map<Session, Observation>();
  #own: { readonly session: Session; nick: string; readonly groups: Set<Group> } | null = null;
  /** Of this tick: commands of all, those of the one, and when the first was handed over. */
  #tick = { commands: 0, own: 0, startMs: 0 };

  /** `wanted`: whom; null: the first. */
  constructor(wanted: string | null, chosen: Chosen, tell: Tell) {
    this.#wanted = wanted === null ? null : foldName(wanted);
    this.#chosen = chosen;
    this.#tell = tell;
    this.#log = new LogWatch(
      (session) => this.#own?.session.id === session,
      (seen, atMs) => this.#say(seen, atMs),
    );
  }

  /** The same service, watched. */
  service(create: Create): Create {
    return (port) => this.#watched(create(this.#watchedPort(port)));
  }

  /** The same log, watched. */
  log(create: CreateRoomLog<LogTag>): CreateRoomLog<LogTag> {
    return this.#log.watched(create);
  }

  /** `Required`: whatever a service may have is passed on here. */
  #watched(service: Service<ChatClientMessage>): Required<Service<ChatClientMessage>> {
    return {
      open: (session) => service.open(session),
      message: (session, message) => this.#message(service, session, message),
      close: (session, code) => {
        this.#greetings.delete(session);
        if (this.#own?.session === session) {
          this.#say({ what: "over", code });
          this.#own = null;
          this.#chosen.nick = null;
        }
        service.close(session, code);
      },
      endTick: () => {
        service.endTick?.();
        const { commands, own, startMs } = this.#tick;
        if (own > 0) this.#say({ what: "turn", commands, own, us: usSince(startMs) });
        this.#tick = { commands: 0, own: 0, startMs: 0 };
      },
      stopping: (deadlineMs) => service.stopping?.(deadlineMs),
      stop: () => service.stop?.(),
    };
  }

  #message(
    service: Service<ChatClientMessage>,
    session: Session,
    message: ChatClientMessage,
  ): void {
    const atMs = clockMs();
    if (this.#tick.commands === 0) this.#tick.startMs = atMs;
    this.#tick.commands += 1;
    const { type, id } = message;
    if (type === "hello") {
      if (this.#greetings.size >= greetingsMax) {
        this.#greetings.delete(this.#greetings.keys().next().value as Session);
      }
      // It may be answered at once, and is then told: how long it took is not known before.
      const seen: Seen = { what: "command", type, id, us: 0, asks: [] };
      this.#greetings.set(session, { atMs, by, seen });
      return service.message(session, message);
    }
    const asks = this.#log.asksDuring(() => service.message(session, message));
    if (this.#own?.session !== session) return;
    this.#tick.own += 1;
    this.#say({ what: "command", type, id, us: usSince(atMs), asks }, atMs);
  }

  #watchedPort(port: Port): Port {
    return {
      ...port,
      reply: (session, message) => {
        if (message.type === "welcome") this.#welcomed(session, message.nick);
        if (this.#own?.session === session) this.#replied(message);
        port.reply(session, message);
      },
      send: (session, message) => {
        if (this.#own?.session === session) this.#say({ what: "event", type: message.type });
        port.send(session, message);
      },
      publish: (group, message, options) => {
        if (this.#own?.groups.has(group) === true) this.#published(group, message);
        port.publish(group, message, options);
      },
      join: (group, session) => {
        port.join(group, session);
        if (this.#own?.session !== session) return;
        this.#own.groups.add(group);
        this.#say({ what: "entered", members: group.size });
      },
      leave: (group, session) => {
        port.leave(group, session);
        if (this.#own?.session !== session || !this.#own.groups.delete(group)) return;
        this.#say({ what: "left", members: group.size });
      },
      close: (session, reason) => {
        if (this.#own?.session === session) this.#say({ what: "closing" });
        port.close(session, reason);
      },
    };
  }

  #welcomed(session: Session, nick: string): void {
    const greeting = this.#greetings.get(session);
    this.#greetings.delete(session);
    if (this.#own !== null || (this.#wanted !== null && foldName(nick) !== this.#wanted)) return;
    this.#own = { session, nick, groups: new Set() };
    this.#chosen.nick = nick;
    this.#tick.own += 1;
    if (greeting !== undefined) {
      const { atMs, seen } = greeting;
      this.#tell({ atMs, by, seen: { ...seen, us: usSince(atMs) } as Seen });
    }
    this.#say({ what: "chosen", nick });
  }

  #replied(message: ChatServerMessage): void {
    const { type, re, code } = message as { type: string; re?: number; code?: string };
    this.#say({ what: "reply", type, re: re ?? 0, code: code ?? "" });
    if (message.type !== "renamed" || this.#own === null) return;
    this.#own.nick = message.nick;
    this.#say({ what: "chosen", nick: message.nick });
  }

  #published(group: Group, message: ChatServerMessage): void {
    const { type, room, seq, from } = message as {
      type: string;
      room?: string;
      seq?: number;
      from?: string;
    };
    const isOwn = from === undefined ? null : from === this.#own?.nick;
    const members = group.size;
    this.#say({ what: "publish", type, room: room ?? "", seq: seq ?? null, isOwn, members });
  }

  #say(seen: Seen, atMs = clockMs()): void {
    this.#tell({ atMs, by, seen });
  }
}
