// What a protocol is defined by, and the types of its messages that follow from it. Types alone.

import type { z } from "zod";
import type { WireMessage } from "../codec/codec.ts";
import type { Framing } from "../frame/framing.ts";
import type { CloseEvent, ErrorReply, PingCommand, PongReply } from "../system-messages.ts";
import type { Fields, Filled, Flat, ValuesOf } from "./fields.ts";

/** A command stands with its reply. Several may share one, with the very same `out`. */
export interface CommandDefinition {
  /** What the client sends, beside `type` and `id`. */
  readonly in: Fields;
  /** The type of what answers it when it succeeds. */
  readonly reply: string;
  /** What that holds, beside `type` and `re`. */
  readonly out: Fields;
}

/** What a client asks, tells, and is told, by type. */
export type CommandDefinitions = { readonly [type: string]: CommandDefinition };
export type FieldsByType = { readonly [type: string]: Fields };

export interface Definition {
  readonly name: string;
  readonly version: number;
  /** The command that must come first; without one a connection needs no greeting. */
  readonly greeting?: string | undefined;
  /** How messages are cut out of the byte stream. Default: length-prefixed. */
  readonly framing?: Framing | undefined;
  /** What a client asks, by type. */
  readonly commands?: CommandDefinitions;
  /** What a client tells, by type: no `id`, no reply, and no error either. */
  readonly notices?: FieldsByType;
  /** What the server tells of itself, by type. */
  readonly events?: FieldsByType;
}

type Commands<D> = D extends { readonly commands: infer C } ? C : Record<never, never>;
type Notices<D> = D extends { readonly notices: infer N } ? N : Record<never, never>;
type Events<D> = D extends { readonly events: infer E } ? E : Record<never, never>;
type Greeting<D> = D extends { readonly greeting: infer G extends string } ? G : never;

/** Types of the commands; `ping` belongs to every protocol and is not among them. */
export type CommandName<D> = keyof Commands<D> & string;
export type NoticeName<D> = keyof Notices<D> & string;
export type EventName<D> = keyof Events<D> & string;
/** The greeting's type; never, where there is none. */
export type GreetingName<D> = Greeting<D>;

/** What a client fills in for a command of type `K`: its fields, without `type` and `id`. */
export type CommandInput<D, K extends CommandName<D>> = Commands<D>[K] extends {
  readonly in: infer F;
}
  ? ValuesOf<F>
  : never;
/** The type of the reply to a command of type `K`. */
export type ReplyName<D, K extends CommandName<D>> = Commands<D>[K] extends {
  readonly reply: infer R extends string;
}
  ? R
  : never;
/** What the handler of a command of type `K` gives: the reply's fields, without `type` and `re`. */
export type CommandOutput<D, K extends CommandName<D>> = Commands<D>[K] extends {
  readonly out: infer F;
}
  ? ValuesOf<F>
  : never;
/** What answers the greeting tells besides how often a sign of life is wanted, in milliseconds. */
export type CommandReply<D, K extends CommandName<D>> =
  K extends Greeting<D> ? Flat<CommandOutput<D, K> & { heartbeatMs: number }> : CommandOutput<D, K>;
/** What a client fills in for a notice of type `K`. */
export type NoticeInput<D, K extends NoticeName<D>> = ValuesOf<Notices<D>[K]>;
/** What a service fills in for an event of type `K`. */
export type EventFields<D, K extends EventName<D>> = ValuesOf<Events<D>[K]>;

type IdShape = { id: z.ZodNumber };
type ReShape = { re: z.ZodNumber };

/** A command of type `K` as it stands on the wire. */
export type CommandMessage<D, K extends CommandName<D> = CommandName<D>> = {
  [C in K]: Commands<D>[C] extends { readonly in: infer F }
    ? Filled<F, { type: z.ZodLiteral<C> } & IdShape>
    : never;
}[K];
/** A notice of type `K` as it stands on the wire. */
export type NoticeMessage<D, K extends NoticeName<D> = NoticeName<D>> = {
  [N in K]: Filled<Notices<D>[N], { type: z.ZodLiteral<N> }>;
}[K];
/** An event of type `K` as it stands on the wire. */
export type EventMessage<D, K extends EventName<D> = EventName<D>> = {
  [E in K]: Filled<Events<D>[E], { type: z.ZodLiteral<E> }>;
}[K];
/** The reply to a command of type `K` as it stands on the wire. */
export type ReplyMessage<D, K extends CommandName<D> = CommandName<D>> = {
  [C in K]: Commands<D>[C] extends { readonly out: infer F }
    ? C extends Greeting<D>
      ? Flat<Filled<F, { type: z.ZodLiteral<ReplyName<D, C>> } & ReShape> & { heartbeatMs: number }>
      : Filled<F, { type: z.ZodLiteral<ReplyName<D, C>> } & ReShape>
    : never;
}[K];

/** All that a client may send. */
export type ClientMessageOf<D> =
  | Extract<CommandMessage<D>, WireMessage>
  | Extract<NoticeMessage<D>, WireMessage>
  | PingCommand;
/** All that a server may send. */
export type ServerMessageOf<D> =
  | Extract<ReplyMessage<D>, WireMessage>
  | Extract<EventMessage<D>, WireMessage>
  | PongReply
  | ErrorReply
  | CloseEvent;
