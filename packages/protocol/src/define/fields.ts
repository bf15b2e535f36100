// The fields of one message as they are declared, and the object schemas made of them.

import * as z from "zod";
import type { MessageSchema } from "../codec/codec.ts";

/**
 * The fields of a message beside those that the protocol adds (`type`, and `id` or `re`): a record of
 * schemas, or a `z.object` of them, whose description and checks then are the message's. `type` may stand
 * among them, as its literal. How a `z.object` takes unknown keys is not looked at: what clients send is
 * strict, what servers send tolerant.
 */
export type Fields = z.ZodRawShape | z.ZodObject;

/** The record of schemas behind either form, without `type`. */
export type ShapeOf<F> = Omit<
  F extends z.ZodObject<infer S> ? S : F extends z.ZodRawShape ? F : never,
  "type"
>;

/** What a message with these fields and those of `Head` holds. */
export type Filled<F, Head extends z.ZodRawShape> = Flat<z.output<z.ZodObject<Head & ShapeOf<F>>>>;
/** The fields alone. */
export type ValuesOf<F> = Omit<Filled<F, { type: z.ZodAny }>, "type">;

/** The same type, shown as one object. */
export type Flat<T> = { [K in keyof T]: T[K] } & {};

/** Who sends a message decides how unknown keys are taken. */
export type Sender = "client" | "server";

const isObject = (fields: Fields): fields is z.ZodObject => fields instanceof z.ZodObject;

const isLiteral = (schema: unknown, value: string): boolean =>
  schema instanceof z.ZodLiteral && schema.values.size === 1 && schema.values.has(value);

/** The schema of a message of `type`, with the fields of `head` in front of its own. */
export function messageSchema(
  sender: Sender,
  type: string,
  head: z.ZodRawShape,
  fields: Fields,
): MessageSchema {
  const { type: named, ...own } = isObject(fields) ? fields.shape : fields;
  if (named !== undefined && !isLiteral(named, type)) {
    throw new Error(`"${type}" has a field "type" that is another one`);
  }
  for (const name of Object.keys(head)) {
    if (name in own) throw new Error(`"${type}" has a field "${name}", which the protocol adds`);
  }
  const shape = { type: z.literal(type), ...head, ...own };
  const schema = sender === "client" ? z.strictObject(shape) : z.object(shape);
  if (!isObject(fields)) return schema as MessageSchema;
  const checks = (fields.def.checks ?? []) as z.core.$ZodCheck<Record<string, unknown>>[];
  const checked = schema.check(...checks);
  const { description } = fields;
  return (description === undefined ? checked : checked.describe(description)) as MessageSchema;
}
