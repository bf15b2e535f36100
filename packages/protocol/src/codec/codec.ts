// Payload bytes ↔ validated message. The one place where JSON and zod meet hostile input.
// Owns no bytes; never throws on anything a peer can send; tells a peer a code, a field and one
// sentence, never a zod issue and never zod's words.

import * as z from "zod";
import type { EncodedPayload } from "../frame/framing.ts";
import { explain, fieldOf, withoutZodText } from "./describe-issue.ts";

export interface WireMessage {
  readonly type: string;
}

/** Why a payload is no message. With an `id` the command can be answered; without, there is nothing to answer. */
export interface DecodeFault {
  readonly code: "malformed" | "unknown_type" | "invalid_message";
  /** One sentence for a person. */
  readonly message: string;
  readonly id?: number;
  /** Path of the offending field, dotted: `text`, `versions.0`. */
  readonly field?: string;
}

export type Decoded<M> =
  | { readonly ok: true; readonly message: M; readonly text: string }
  | { readonly ok: false; readonly fault: DecodeFault };

export interface Codec<M extends WireMessage> {
  /** Whether a message is its `text`: then it may be handed on, to another thread too, as that. */
  readonly isText: boolean;
  /** Decodes and validates. `text` is the payload as text: equal JSON, already known to be valid. */
  decode(payload: Uint8Array): Decoded<M>;
  /** The message in wire form. Outbound messages are typed; `parse` checks them in tests. */
  encode(message: M): EncodedPayload;
  /** Validates a value and throws zod's error: for tests and development, never for peers' input. */
  parse(value: unknown): M;
}

export type MessageSchema = z.ZodObject<{ type: z.ZodLiteral<string> }>;

const textDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A codec over one object schema per message type.
 *
 * Strictness is the schemas' own: `z.strictObject` refuses unknown keys, `z.object` drops them.
 * Two schemas of one type are a bug and throw here, not at the first message.
 */
export function createJsonCodec<M extends WireMessage>(
  schemas: readonly MessageSchema[],
): Codec<M> {
  const byType = new SchemasByType<M>(schemas);
  return {
    isText: true,
    decode: (payload) => decodeJson(byType, payload),
    encode: (message) => JSON.stringify(message),
    parse(value) {
      const schema = byType.get(typeOf(value) ?? "");
      if (schema === undefined) throw new Error(`unknown message type: ${String(typeOf(value))}`);
      return schema.parse(value);
    },
  };
}

/**
 * Schemas by the type of their messages, each compiled when it is first wanted: an end of a connection
 * has the codecs of both directions and decodes one, and compiling all takes longer than a start may.
 */
class SchemasByType<M extends WireMessage> {
  readonly #given = new Map<string, MessageSchema>();
  readonly #compiled = new Map<string, z.ZodType<M>>();

  constructor(schemas: readonly MessageSchema[]) {
    for (const schema of schemas) {
      const type = schema.shape.type.value;
      if (this.#given.has(type)) throw new Error(`two schemas have the type "${type}"`);
      this.#given.set(type, schema);
    }
  }

  /** Undefined where no message has this type. */
  get(type: string): z.ZodType<M> | undefined {
    return this.#compiled.get(type) ?? this.#compile(type);
  }

  #compile(type: string): z.ZodType<M> | undefined {
    const schema = this.#given.get(type);
    if (schema === undefined) return undefined;
    const ready = compiled(schema) as z.ZodType as z.ZodType<M>;
    this.#compiled.set(type, ready);
    return ready;
  }
}

/** Compiled where code may be generated (29 ns a message instead of 450), plain under a strict CSP. */
function compiled(schema: MessageSchema): z.ZodType {
  try {
    return z.compile(schema, { strict: true });
  } catch {
    return schema;
  }
}

function decodeJson<M extends WireMessage>(
  byType: SchemasByType<M>,
  payload: Uint8Array,
): Decoded<M> {
  let text: string;
  let value: unknown;
  try {
    text = textDecoder.decode(payload);
    value = JSON.parse(text);
  } catch {
    return failed("malformed", "the payload is not JSON in UTF-8", undefined);
  }
  const type = typeOf(value);
  if (type === undefined) {
    return failed("malformed", 'the payload is not an object with a string "type"', value);
  }
  const schema = byType.get(type);
  if (schema === undefined) {
    return failed("unknown_type", "there is no message of this type", value, "type");
  }
  return judge(schema, value, text);
}

/**
 * A rule of the schema's author may throw (`refine((text) => new URL(text) !== null)`), and so may a
 * message of theirs, which zod asks for when its issues are first looked at. What a peer sends must
 * not decide that: the message is refused.
 */
function judge<M>(schema: z.ZodType<M>, value: unknown, text: string): Decoded<M> {
  try {
    const result = schema.safeParse(value, withoutZodText);
    if (result.success) return { ok: true, message: result.data, text };
    const issue = result.error.issues[0] as z.core.$ZodIssue;
    return failed("invalid_message", explain(issue, value), value, fieldOf(issue));
  } catch {
    return failed("invalid_message", unchecked, value);
  }
}

const unchecked = "a rule of this message can't be checked";

function typeOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const type = (value as { type?: unknown }).type;
  return typeof type === "string" ? type : undefined;
}

function failed(
  code: DecodeFault["code"],
  message: string,
  value: unknown,
  field?: string,
): { ok: false; fault: DecodeFault } {
  const id = typeof value === "object" && value !== null ? (value as { id?: unknown }).id : null;
  const answerable = typeof id === "number" && Number.isSafeInteger(id) && id >= 1;
  return {
    ok: false,
    fault: { code, message, ...(answerable && { id }), ...(field !== undefined && { field }) },
  };
}
