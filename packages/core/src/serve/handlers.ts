// What a service is written as: one handler for each command and each notice of its protocol, or it
// does not compile. Types alone.

import type {
  CommandInput,
  CommandName,
  CommandOutput,
  DefinitionOf,
  GreetingName,
  NoticeInput,
  NoticeName,
} from "@maru/protocol";
import type { Log } from "../base/log.ts";
import type { Peer, Room } from "./peer-and-room.ts";

type Awaitable<T> = T | Promise<T>;
/** A reply without fields may be left out. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement gives void.
type Answer<O> = Awaitable<keyof O extends never ? O | void : O>;

/** Whether a service has something to say to names of these types. */
type IfAny<Names, Part> = [Names] extends [never] ? unknown : Part;

type Asked<D> = Exclude<CommandName<D>, GreetingName<D>>;

interface Greet<D, P, Data> {
  /**
   * Judges the first message of a connection: what it gives is the peer's `data` and the fields of the
   * reply. A `Refusal` (see `refuse`) answers with its code; the peer may try again, as often and as
   * long as the limits allow. No other command of the peer is read meanwhile.
   */
  greet(
    input: CommandInput<D, GreetingName<D> & CommandName<D>>,
    peer: Peer<P, Data>,
  ): Awaitable<{
    readonly data: Data;
    readonly reply: CommandOutput<D, GreetingName<D> & CommandName<D>>;
  }>;
}

/**
 * A handler gets the fields that were sent and gives the fields of the reply, now or later. Handlers of
 * one peer begin in the order in which it asked; replies may overtake each other. What a handler throws
 * answers that one command: a `Refusal` with its code, anything else with `internal_error`.
 */
interface Commands<D, P, Data> {
  readonly commands: {
    [K in Asked<D>]: (
      peer: Peer<P, Data>,
      input: CommandInput<D, K>,
    ) => Answer<CommandOutput<D, K>>;
  };
}

/** What a handler of a notice throws is logged, and answers nothing. */
interface Notices<D, P, Data> {
  readonly notices: {
    [K in NoticeName<D>]: (peer: Peer<P, Data>, input: NoticeInput<D, K>) => Awaitable<void>;
  };
}

interface Moments<P, Data> {
  /** A peer is there: its greeting has succeeded and is answered; or, without a greeting, before its first message. */
  opened?(peer: Peer<P, Data>): void;
  /**
   * The peer is gone, for whatever reason (`code`, as in the table of closes); not called of one whose
   * greeting never succeeded. It is still listed in its rooms, and leaves them when this returns.
   */
  closed?(peer: Peer<P, Data>, code: string): void;
  /** The server stops: called before any connection is closed, which waits for it, but not for ever. */
  stopping?(deadlineMs: number): Awaitable<void>;
  /** Every connection has been closed, and nothing follows. */
  stopped?(): Awaitable<void>;
}

/** `P` is the type of the protocol, `Data` that of what `greet` gives as `data`. */
export type Handlers<P, Data = undefined> = HandlersOf<DefinitionOf<P>, P, Data>;

type HandlersOf<D, P, Data> = IfAny<GreetingName<D>, Greet<D, P, Data>> &
  IfAny<Asked<D>, Commands<D, P, Data>> &
  IfAny<NoticeName<D>, Notices<D, P, Data>> &
  Moments<P, Data>;

/** What handlers work with. */
export interface ServiceContext<P, Data = undefined> {
  /** The room of that name; the same one for as long as it has members. */
  rooms(name: string): Room<P, Data>;
  /** The server's log. */
  readonly log: Log;
  /** Peers whose greeting has succeeded, or who need none, and who are not gone. */
  readonly peers: ReadonlySet<Peer<P, Data>>;
}
