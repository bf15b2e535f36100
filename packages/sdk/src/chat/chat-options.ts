// What `connectChat` and `openChat` may be told beside what every client may.
// Pure; turns what a caller wrote into what the client runs on.

import { chatProtocol } from "@maru/protocol/chat";
import { durationOption } from "../base/duration-option.ts";
import { type ClientOptions, commonSettings, type EngineSettings } from "../settings.ts";
import { type Address, dialerOf, isWebSocketUrl } from "../transport/dialer-of.ts";
import type { Dialer } from "../transport/transport.ts";
import type { ChatClientState } from "./chat-client-events.ts";
import { ChatGreeter, type Welcome } from "./chat-greeter.ts";
import { defaultPort, parseMaruUrl } from "./maru-url.ts";

export interface ChatClientOptions extends ClientOptions {
  /**
   * `maru://host:port/room`, whose room is not joined by itself; or `ws://…` and `wss://…`, the one way from
   * a browser. Wins over `host` and `port`.
   */
  readonly url?: string | undefined;
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Default 7667. */
  readonly port?: number | undefined;
  /** Without one the server picks a guest's name. */
  readonly nick?: string | undefined;
  /** Name and version of your program, told to the server in `hello`; at most 64 characters. */
  readonly client?: string | undefined;
  /**
   * `session` of the welcome of an earlier client with this nick: takes the nick back from its
   * connection, also from one that the server does not yet know to be dead.
   */
  readonly resume?: string | undefined;
  /**
   * How long, in milliseconds from the start, a nick in use is asked for again, every two seconds: for
   * a nick that was one's own a moment ago. Unless given, the first refusal is the end.
   */
  readonly nickWaitMs?: number | undefined;
  /** Hears each state as it is entered, also those that `connectChat` waits through. */
  readonly onState?: ((state: ChatClientState) => void) | undefined;
  /**
   * Hears each welcome before anything is sent on its connection: a caller that keeps its `session` then has
   * the one that the server knows, whenever the process is killed.
   */
  readonly onWelcome?: ((welcome: Welcome) => void) | undefined;
  /** In the place of TCP: another way to the server. */
  readonly dialer?: Dialer | undefined;
}

export interface ChatSettings extends EngineSettings<Welcome> {
  readonly greeter: ChatGreeter;
  readonly onState: (state: ChatClientState) => void;
  readonly onWelcome: (welcome: Welcome) => void;
}

/** Throws MaruError `invalid_url` for a bad url or port, `invalid_option` for a duration. */
export function chatSettings(options: ChatClientOptions): ChatSettings {
  const common = commonSettings(options);
  const { nick, client = "maru-sdk/0.1.0", resume } = options;
  const nickWaitMs = durationOption("nickWaitMs", options.nickWaitMs ?? 0);
  return {
    ...common,
    protocol: chatProtocol,
    dialer: dialerOf(addressOf(options)),
    greeter: new ChatGreeter({ client, nick, resume }, nickWaitMs, common.clock),
    onState: options.onState ?? (() => {}),
    onWelcome: options.onWelcome ?? (() => {}),
  };
}

function addressOf({ url, host, port = defaultPort, dialer }: ChatClientOptions): Address {
  const isOther = url === undefined || isWebSocketUrl(url);
  return isOther ? { url, host, port, dialer } : { ...parseMaruUrl(url), dialer };
}
