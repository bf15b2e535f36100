// A chat without sockets: the real service and hub over a fake port, with visitors who speak to it.
// The fixture turns the ticks and the clock; a visitor asks, and reads what it has received.

import { FakePort, type FakeSession, type Line } from "@maru/core/testing";
import {
  type ChatServerMessage,
  type Command,
  type CommandOf,
  type CommandType,
  chatProtocol,
  type NameKey,
} from "@maru/protocol/chat";
import { VirtualClock } from "@maru/testkit";
import { ChatService } from "../src/chat-service.ts";
import type { LogTag } from "../src/hub/effects.ts";
import type { HubConfig } from "../src/hub/hub-state.ts";
import { createMemoryLog } from "../src/log-memory/memory-log.ts";
import type { CreateRoomLog } from "../src/room-log.ts";
import { unlimitedConfig } from "../src/unlimited-config.ts";

export type Fields<T extends CommandType> = Omit<CommandOf<T>, "type" | "id">;
export type Message<T extends ChatServerMessage["type"]> = Extract<ChatServerMessage, { type: T }>;

/** Small, so that a test meets the bounds. */
const smallBounds = {
  roomsPerSession: 8,
  roomsMax: 1_000,
  historyPage: 50,
  workBurstUs: 1,
  fanoutBurstBytes: 1,
  holdMs: 0,
  holdBytes: 1_000_000,
  presenceMs: 0,
  replayEntries: 100,
  replayBytes: 65_536,
  readBurstBytes: 10_000_000,
  readRateBytes: 10_000_000,
};

export interface ChatFixtureOptions extends Partial<HubConfig> {
  readonly log?: CreateRoomLog<LogTag>;
  readonly memoryLogBytes?: number;
}

export class ChatFixture {
  readonly port: FakePort<ChatServerMessage>;
  readonly service: ChatService;
  readonly clock = new VirtualClock(1_700_000_000_000);
  #tokens = 0;

  constructor({ log, memoryLogBytes = 1_000_000, ...options }: ChatFixtureOptions = {}) {
    const createToken = () => this.#createToken();
    const config = { ...unlimitedConfig("maru/test"), ...smallBounds, createToken, ...options };
    this.port = new FakePort({
      protocol: chatProtocol,
      limits: { frameBytes: config.frameBytes },
    });
    this.service = new ChatService(this.port, {
      config,
      log: log ?? createMemoryLog({ memoryLogBytes, epoch: "epoch-1" }),
      now: this.clock.nowMs,
      after: this.clock.after,
    });
  }

  /** A connection that has said nothing yet. */
  visitor(address?: string): Visitor {
    return new Visitor(this, address);
  }

  /** A session that has said hello; `nick` must be free. */
  guest(nick?: string, resume?: string, address?: string): Visitor {
    const visitor = this.visitor(address);
    const reply = visitor.hello({ ...(nick && { nick }), ...(resume && { resume }) });
    if (reply.type !== "welcome") throw new Error(`no welcome: ${JSON.stringify(reply)}`);
    return visitor;
  }

  /** The wall clock, milliseconds; setting it runs nothing. */
  get now(): number {
    return this.clock.nowMs();
  }

  set now(ms: number) {
    this.clock.setNow(ms);
  }

  tick(): void {
    this.service.endTick();
    this.port.flush();
  }

  /** Time passes, and with it what the service has asked for; ticks nothing else. */
  pass(ms: number): void {
    const untilMs = this.now + ms;
    while (this.clock.next(untilMs)) this.port.flush();
  }

  #createToken(): string {
    this.#tokens += 1;
    return `t${this.#tokens.toString(36).padStart(5, "0")}`;
  }
}

export class Visitor {
  readonly session: FakeSession;
  readonly line: Line<ChatServerMessage>;
  readonly #fixture: ChatFixture;
  #lastId = 0;
  #read = 0;

  constructor(fixture: ChatFixture, address?: string) {
    this.#fixture = fixture;
    this.session = fixture.port.openSession(address);
    this.line = fixture.port.lineOf(this.session);
    fixture.service.open(this.session);
  }

  get token(): string {
    const said = [...this.line.received, ...this.line.waiting];
    const welcome = said.find((message) => message.type === "welcome");
    return (welcome as Message<"welcome">).session;
  }

  /** Gives a command to the service and returns its id; the answer comes when it comes. */
  tell<T extends CommandType>(type: T, fields: Fields<T>): number {
    this.#lastId += 1;
    const command = { type, id: this.#lastId, ...fields } as Command;
    this.#fixture.service.message(this.session, command);
    return this.#lastId;
  }

  /** Gives a command in a tick of its own and returns its answer. */
  ask<T extends CommandType>(type: T, fields: Fields<T>): ChatServerMessage {
    const id = this.tell(type, fields);
    this.#fixture.tick();
    return this.answerTo(id);
  }

  answerTo(id: number): ChatServerMessage {
    const answers = this.line.received.filter((message) => "re" in message && message.re === id);
    if (answers.length !== 1) throw new Error(`${answers.length} answers to command ${id}`);
    return answers[0] as ChatServerMessage;
  }

  hello(fields: Partial<Fields<"hello">> = {}): ChatServerMessage {
    return this.ask("hello", { versions: [1], client: "test", ...fields });
  }

  /** The events that it has received since it was last asked. */
  events(): ChatServerMessage[] {
    const news = this.line.received.slice(this.#read).filter((message) => !("re" in message));
    this.#read = this.line.received.length;
    return news;
  }

  /** The texts among its news. */
  heard(): string[] {
    return this.events().flatMap((event) => (event.type === "message" ? [event.text] : []));
  }

  /** Its connection ends, within a tick. */
  hangUp(): void {
    this.#fixture.port.forget(this.session);
    this.#fixture.service.close(this.session);
  }

  /** Its connection ends, in a tick of its own. */
  leaveForGood(): void {
    this.hangUp();
    this.#fixture.tick();
  }
}

/** A room's key, where a test speaks to a log itself. */
export const keyOf = (room: string) => room as NameKey;
