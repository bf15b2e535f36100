// The chat's greeting: the hello, and what its answer means. Owns the nick to ask for, and how long one
// in use is asked for again. The link sends the one and acts on the other.

import type { Clock, ErrorReply } from "@maru/protocol";
import { type CommandOf, chatVersion, type ReplyOf } from "@maru/protocol/chat";
import { errorOfReply, localError, MaruError } from "../base/maru-error.ts";
import type { CommandBody, ServerSaid } from "../base/message.ts";
import { type Greeter, refusalOf, type Wish } from "../link/greeter.ts";
import { secondsOf } from "../transport/connect-words.ts";

export type Welcome = ReplyOf<"welcome">;

/** Who a client says it is. */
export interface Identity {
  readonly client: string;
  readonly nick: string | undefined;
  /** `session` of the last welcome of an earlier client. */
  readonly resume: string | undefined;
}

/** How often a nick is asked for that may be one's own lost connection's. */
const nickRetryMs = 2000;

/** Refusals of a hello that pass by themselves. */
const passing = new Set(["rate_limited", "busy", "server_full", "storage_unavailable"]);

export class ChatGreeter implements Greeter<Welcome> {
  /** The nick to ask for, and the one there is. */
  nick: string | undefined;
  readonly #identity: Identity;
  readonly #clock: Clock;
  readonly #nickUntilMs: number;

  /** `nickWaitMs`: how long, from now, a nick in use is asked for again. */
  constructor(identity: Identity, nickWaitMs: number, clock: Clock) {
    this.nick = identity.nick;
    this.#identity = identity;
    this.#clock = clock;
    this.#nickUntilMs = clock.nowMs() + nickWaitMs;
  }

  greeting(last: Welcome | null): CommandBody {
    const { client, resume } = this.#identity;
    return { ...helloOf({ client, nick: this.nick, resume: last?.session ?? resume }) };
  }

  welcomed(reply: ServerSaid): MaruError | null {
    if (reply.type !== "welcome") {
      return localError("protocol_error", `"${reply.type}" is no answer to hello.`);
    }
    const welcome = reply as unknown as Welcome;
    const problem = problemOf(welcome);
    if (problem === null) this.nick = welcome.nick;
    return problem;
  }

  /**
   * Who has had the nick (`last`) may find it held by their own old connection, until the server knows
   * that to be dead: that passes too.
   */
  refused(reply: ErrorReply, last: Welcome | null): { reason: MaruError; wish: Wish } {
    const isNickTaken = reply.code === "nick_taken";
    const leftMs = this.#nickUntilMs - this.#clock.nowMs();
    if (last === null && isNickTaken && leftMs > 0 && this.nick !== undefined) {
      const held = heldNickError(reply, this.nick, leftMs);
      return {
        reason: held,
        wish: { reconnect: "backoff", retryMs: Math.min(nickRetryMs, leftMs) },
      };
    }
    return refusalOf(reply, passing.has(reply.code) || (last !== null && isNickTaken));
  }
}

function helloOf({ client, nick, resume }: Identity): Omit<CommandOf<"hello">, "id"> {
  return {
    type: "hello",
    versions: [chatVersion],
    client,
    ...(nick !== undefined && { nick }),
    ...(resume !== undefined && { resume }),
  };
}

/** Why nothing works with a server that says this, or null; its limits were judged as they came in. */
function problemOf({ version, server }: Welcome): MaruError | null {
  if (version === chatVersion) return null;
  const name = server === "" ? "The server" : `The server (${server})`;
  const text = `${name} speaks version ${version} of the protocol, and this client version ${chatVersion}.`;
  return localError("version_refused", text);
}

/** The nick is one's own, and so perhaps is the connection that holds it. */
function heldNickError(reply: ErrorReply, nick: string, leftMs: number): MaruError {
  const reason = errorOfReply(reply);
  const { code, retryable, field } = reason;
  const whose = "perhaps by your own lost connection";
  const time = secondsOf(Math.max(1, Math.ceil(leftMs / 1000)) * 1000);
  const message = `The nick "${nick}" is still in use, ${whose}: asked for again, for another ${time}.`;
  return new MaruError({ code, message, retryable, field, cause: reason });
}
