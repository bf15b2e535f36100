// The chat on top of the engine: the nick, the rooms, and which of what the server says is an event.
// Owns the order of rejoins and sends after a (re)connect. The client above it is only names for commands.

import type { ErrorReply } from "@maru/protocol";
import {
  type ChatServerMessage,
  type CommandType,
  chatProtocol,
  fitsUtf8,
  type Limits,
  textBytesMax,
} from "@maru/protocol/chat";
import type { CommandBody, ServerSaid } from "../base/message.ts";
import { broken, type CheckedCommand, checkCommand } from "../command/check-command.ts";
import type { CommandRule } from "../command/request.ts";
import { type AskOptions, Engine, type EngineUser } from "../engine.ts";
import type { LinkState } from "../link/lifecycle.ts";
import type { ChatClientEvent, ChatClientState } from "./chat-client-events.ts";
import type { Welcome } from "./chat-greeter.ts";
import type { ChatSettings } from "./chat-options.ts";
import { type BodyOf, commandRules, passingCodes, type ReplyTo } from "./command-rules.ts";
import { Rooms } from "./room/rooms.ts";

export interface ChatAskOptions<T extends CommandType>
  extends Omit<AskOptions, "rule" | "onReply"> {
  readonly onReply?: ((reply: ReplyTo<T>, wanted: boolean) => void) | undefined;
}

/** Of a server that has not told its own yet: what the schemas let pass is far below any frame. */
const protocolLimits: Pick<Limits, "textBytes" | "frameBytes"> = {
  textBytes: textBytesMax,
  frameBytes: Number.POSITIVE_INFINITY,
};

export class ChatEngine implements EngineUser<Welcome> {
  readonly settings: ChatSettings;
  readonly engine: Engine<Welcome, ChatClientEvent>;
  readonly rooms: Rooms;
  state: ChatClientState = { phase: "connecting", attempt: 0 };
  readonly #tellsFirst: boolean;

  /** `tellsFirst`: the states before the first welcome are events, too. */
  constructor(settings: ChatSettings, tellsFirst: boolean) {
    this.settings = settings;
    this.#tellsFirst = tellsFirst;
    this.engine = new Engine<Welcome, ChatClientEvent>(settings, this);
    this.rooms = this.#createRooms();
  }

  get welcome(): Welcome | null {
    return this.engine.link.welcome;
  }

  /** The nick that one has, or would like. */
  get nick(): string | undefined {
    return this.settings.greeter.nick;
  }

  renamed(nick: string): void {
    this.settings.greeter.nick = nick;
    const { state } = this;
    if (state.phase !== "online") return;
    this.#enter({ ...state, nick });
    this.engine.changed();
  }

  /** Asks the server; everything of the command happens in the order of the calls. */
  ask<T extends CommandType>(
    body: BodyOf<T> & { readonly type: T },
    options: ChatAskOptions<T>,
  ): Promise<ReplyTo<T>> {
    const rule: CommandRule = commandRules[body.type];
    // The rule names the reply's type, and the protocol's schema has checked its fields.
    const onReply = options.onReply as AskOptions["onReply"];
    return this.engine.ask({ ...body }, { ...options, rule, onReply }) as Promise<ReplyTo<T>>;
  }

  check(body: CommandBody): CheckedCommand {
    const { textBytes, frameBytes } = this.welcome?.limits ?? protocolLimits;
    const { type, text } = body;
    const hasText = (type === "send" || type === "edit") && typeof text === "string";
    if (hasText && !fitsUtf8(text, textBytes)) {
      return broken("text", `a text is at most ${textBytes} bytes of UTF-8`);
    }
    return checkCommand(chatProtocol, body, frameBytes);
  }

  isPassing({ code }: ErrorReply): boolean {
    return passingCodes.has(code);
  }

  entered(state: LinkState): void {
    if (state.phase !== "online") this.#enter(state);
    else this.#enter({ phase: "online", nick: this.nick ?? "", sinceMs: state.sinceMs });
    if (state.phase === "closed") this.rooms.offline();
  }

  online(welcome: Welcome): { limits: Limits; sendsAfter: Promise<void> | null } {
    this.settings.onWelcome(welcome);
    // Rejoins come before every other command; the sends follow when every room is back.
    const rejoined = this.rooms.rejoin();
    return { limits: welcome.limits, sendsAfter: this.rooms.names.length > 0 ? rejoined : null };
  }

  offline(): void {
    this.rooms.offline();
  }

  event(said: ServerSaid, isKnown: boolean): void {
    if (!isKnown) return;
    const event = said as ChatServerMessage;
    switch (event.type) {
      case "message":
      case "edit":
      case "redaction":
      case "reaction":
      case "topic":
      case "presence":
        return this.rooms.event(event);
      case "typing":
        // The bytes are the same for all: one's own notices come back. A reader who lags has no use
        // for what was true a while ago.
        if (event.from !== this.nick && !this.engine.full) this.rooms.typing(event);
        return;
      default:
        return;
    }
  }

  #enter(state: ChatClientState): void {
    this.state = state;
    this.settings.onState(state);
    // What came before the first welcome is over when `connectChat` hands the client out.
    if (this.#tellsFirst || this.engine.link.everOnline) {
      this.engine.emit({ type: "state", state }, true);
    }
  }

  #createRooms(): Rooms {
    const { clock, eventsBuffered, commandTimeoutMs } = this.settings;
    const welcome = () => this.welcome;
    return new Rooms({
      join: (body, onReply, signal) =>
        this.ask(body, { signal, timeoutMs: null, onReply, first: true }),
      history: (body, signal) => this.ask(body, { signal, timeoutMs: commandTimeoutMs }),
      emit: (event) => this.engine.emit(event),
      room: () => this.engine.room(),
      read: eventsBuffered > 0,
      get historyPage() {
        return welcome()?.limits.historyPage ?? 100;
      },
      clock,
    });
  }
}
