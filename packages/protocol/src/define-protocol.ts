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
import type { Framing } from "./frame/framing.ts";
import { lengthPrefixed } from "./frame/length-prefixed.ts";
import { rawBytes } from "./frame/raw-bytes.ts";
import { CloseEvent, ErrorReply } from "./system-messages.ts";

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
  /** What clients send: strict, checked once, at the server's edge. */
  readonly client: Codec<C>;
  /** What the server sends: tolerant, so that a server may add. */
  readonly server: Codec<S>;
  /** The schemas, for documentation; empty for raw bytes. */
  readonly schemas: {
    readonly client: readonly MessageSchema[];
    readonly server: readonly MessageSchema[];
  };
}

export type ClientMessage<P> = P extends Protocol<infer C, infer _S> ? C : never;
export type ServerMessage<P> = P extends Protocol<infer _C, infer S> ? S : never;

type System = ErrorReply | CloseEvent;

/**
 * Defines a protocol of JSON messages; `error` and `close` come with it. `framing` is length-prefixed,
 * unless another is given.
 *
 * `client` schemas are strict objects and `server` schemas tolerant ones, each with a literal
 * `type`. Duplicate types throw.
 */
export function defineProtocol<
  const Client extends readonly MessageSchema[],
  const Server extends readonly MessageSchema[],
>(definition: {
  name: string;
  version: number;
  greeting?: z.infer<Client[number]>["type"];
  framing?: Framing;
  client: Client;
  server: Server;
}): Protocol<z.infer<Client[number]>, z.infer<Server[number]> | System> {
  const server = [...definition.server, ErrorReply, CloseEvent];
  return {
    name: definition.name,
    version: definition.version,
    framing: definition.framing ?? lengthPrefixed,
    greeting: definition.greeting ?? null,
    client: createJsonCodec(definition.client),
    server: createJsonCodec(server),
    schemas: { client: definition.client, server },
  };
}

/** A protocol of plain bytes, both ways: what `nc` speaks. */
export function defineRawProtocol(name: string): Protocol<BytesMessage, BytesMessage> {
  return {
    name,
    version: 1,
    framing: rawBytes,
    greeting: null,
    client: bytesCodec,
    server: bytesCodec,
    schemas: { client: [], server: [] },
  };
}
