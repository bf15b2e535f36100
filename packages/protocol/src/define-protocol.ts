// A protocol: its messages in both directions, from which both ends take their types and codecs.
// Owns nothing at run time; core, the SDK and the documentation read it.

import type * as z from "zod";
import { type BytesMessage, bytesCodec } from "./codec/bytes-codec.ts";
import {
  type Codec,
  createJsonCodec,
  type MessageSchema,
  type WireMessage,
} from "./codec/codec.ts";
import type {
  ClientMessageOf,
  CommandDefinition,
  CommandDefinitions,
  Definition,
  FieldsByType,
  ServerMessageOf,
} from "./define/definition.ts";
import { type Fields, messageSchema } from "./define/fields.ts";
import { changesInput } from "./define/same-output.ts";
import type { Framing } from "./frame/framing.ts";
import { lengthPrefixed } from "./frame/length-prefixed.ts";
import { rawBytes } from "./frame/raw-bytes.ts";
import {
  CloseEvent,
  commandId,
  ErrorReply,
  heartbeat,
  PingCommand,
  PongReply,
  replyRe,
} from "./system-messages.ts";

/** What both ends know of a protocol at run time. */
export interface Protocol<
  C extends WireMessage = WireMessage,
  S extends WireMessage = WireMessage,
> {
  readonly name: string;
  readonly version: number;
  /** How messages are cut out of the byte stream; both ends take it from here. */
  readonly framing: Framing;
  /** The type of the message that must come first, if there is a greeting. */
  readonly greeting: string | null;
  /** Types of what a client sends and gets no answer to. */
  readonly notices: ReadonlySet<string>;
  /** What answers a command of each type when it succeeds; empty for raw bytes. */
  readonly replies: ReadonlyMap<string, string>;
  /** What clients send: strict, checked once, at the server's edge. */
  readonly client: Codec<C>;
  /** What the server sends: tolerant, so that a server may add. */
  readonly server: Codec<S>;
  /** The schemas, for documentation: in the order of the definition; empty for raw bytes. */
  readonly schemas: {
    readonly client: readonly MessageSchema[];
    readonly server: readonly MessageSchema[];
  };
}

/** A protocol together with what it was defined by, from which its handlers and calls are typed. */
export interface TypedProtocol<D extends Definition>
  extends Protocol<ClientMessageOf<D>, ServerMessageOf<D>> {
  readonly definition: D;
}

export type ClientMessage<P> = P extends Protocol<infer C, infer _S> ? C : never;
export type ServerMessage<P> = P extends Protocol<infer _C, infer S> ? S : never;
/** What a protocol was defined by. */
export type DefinitionOf<P> = P extends { readonly definition: infer D } ? D : never;
/** Any protocol that was defined, by whatever definition. */
export interface DefinedProtocol extends Protocol {
  readonly definition: Definition;
}

type NoTypes = Record<never, never>;

/** Types that belong to every protocol. */
const reserved = ["ping", "pong", "error", "close"];

/**
 * Defines a protocol of JSON messages. On the wire a command is `{ type, id, …in }`, its reply
 * `{ type: reply, re, …out }`, a notice or an event `{ type, …fields }`. With it come `ping` and its
 * `pong`, `error`, which may answer any command, `close`, the last message of a connection, and in the
 * reply to the greeting `heartbeatMs`, if `out` has none of its own.
 *
 * Throws, naming the place: a type that is taken or belongs to every protocol, a field that the protocol
 * adds itself, one reply type with two sets of fields, and a schema of what clients send whose output
 * may differ from its input.
 */
export function defineProtocol<
  const C extends CommandDefinitions = NoTypes,
  const N extends FieldsByType = NoTypes,
  const E extends FieldsByType = NoTypes,
  const G extends keyof C & string = never,
>(definition: {
  readonly name: string;
  readonly version: number;
  readonly greeting?: G | undefined;
  readonly framing?: Framing | undefined;
  readonly commands?: C;
  readonly notices?: N;
  readonly events?: E;
}): TypedProtocol<{
  readonly name: string;
  readonly version: number;
  readonly greeting: G;
  readonly commands: C;
  readonly notices: N;
  readonly events: E;
}> {
  const { commands = {} as C, notices = {} as N, events = {} as E } = definition;
  const { name, version } = definition;
  const greeting = definition.greeting ?? null;
  for (const type of [...Object.keys(commands), ...Object.keys(notices), ...Object.keys(events)]) {
    if (reserved.includes(type)) throw new Error(`the type "${type}" belongs to every protocol`);
  }
  if (greeting !== null && !(greeting in commands)) {
    throw new Error(`the greeting "${greeting}" is none of the commands`);
  }
  const client = [
    ...Object.entries(commands).map(([type, { in: fields }]) =>
      messageSchema("client", type, { id: commandId }, fields),
    ),
    PingCommand,
    ...Object.entries(notices).map(([type, fields]) => messageSchema("client", type, {}, fields)),
  ];
  const server = [
    ...replySchemas(commands, greeting),
    PongReply,
    ...Object.entries(events).map(([type, fields]) => messageSchema("server", type, {}, fields)),
    ErrorReply,
    CloseEvent,
  ];
  for (const schema of client) {
    const change = changesInput(schema, schema.shape.type.value);
    if (change !== null) throw new Error(`a handler must get what was sent, but ${change}`);
  }
  return {
    definition: { name, version, greeting: greeting as G, commands, notices, events },
    name,
    version,
    framing: definition.framing ?? lengthPrefixed,
    greeting,
    notices: new Set(Object.keys(notices)),
    replies: new Map([
      ...Object.entries(commands).map(([type, { reply }]) => [type, reply] as const),
      ["ping", "pong"] as const,
    ]),
    client: createJsonCodec(client),
    server: createJsonCodec(server),
    schemas: { client, server },
  };
}

/** One schema for each type of reply, in the order in which commands name them. */
function replySchemas(
  commands: Readonly<Record<string, CommandDefinition>>,
  greeting: string | null,
): MessageSchema[] {
  const fieldsOf = new Map<string, Fields>();
  const schemas: MessageSchema[] = [];
  for (const [type, { reply, out }] of Object.entries(commands)) {
    if (reserved.includes(reply)) throw new Error(`the type "${reply}" belongs to every protocol`);
    const known = fieldsOf.get(reply);
    if (known === out) continue;
    if (known !== undefined) throw new Error(`the reply "${reply}" has two sets of fields`);
    fieldsOf.set(reply, out);
    const shape = "shape" in out ? (out as z.ZodObject).shape : out;
    const schema = messageSchema("server", reply, { re: replyRe }, out);
    const isWelcome = type === greeting && !("heartbeatMs" in shape);
    schemas.push(isWelcome ? (schema.extend({ heartbeatMs: heartbeat }) as MessageSchema) : schema);
  }
  return schemas;
}

/** A protocol of plain bytes, both ways: what `nc` speaks. */
export function defineRawProtocol(name: string): Protocol<BytesMessage, BytesMessage> {
  return {
    name,
    version: 1,
    framing: rawBytes,
    greeting: null,
    notices: new Set(),
    replies: new Map(),
    client: bytesCodec,
    server: bytesCodec,
    schemas: { client: [], server: [] },
  };
}
