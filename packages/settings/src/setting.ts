// How one setting is written: its schema with its default, and what is shown of it. Kinds of values.

import * as z from "zod";

/** What is shown of a setting beside its default. */
export interface SettingMeta {
  readonly description: string;
  /** The value's placeholder in --help: N, HOST, FILE. */
  readonly value: string;
  /** The heading under which it stands. */
  readonly section: string;
  readonly [key: string]: unknown;
}

/** Its key is the key of the object that it stands in; the names outside follow from that. */
export const setting = <T extends z.ZodType>(schema: T, meta: SettingMeta): T => schema.meta(meta);

/** A setting of a file with tables, which has neither flag nor section. */
export const described = <T extends z.ZodType>(schema: T, description: string): T =>
  schema.meta({ description });

/** Each setting's default, by key: what `z.object(shape)` makes of nothing. */
export const defaultsOf = <T extends z.ZodRawShape>(shape: T): z.output<z.ZodObject<T>> =>
  z.object(shape).parse({}) as z.output<z.ZodObject<T>>;

/** Those of the shape out of more, so that no other value takes the place of an option of its name. */
export const pickSettings = <T extends z.ZodRawShape>(
  shape: T,
  values: z.output<z.ZodObject<T>>,
): z.output<z.ZodObject<T>> => {
  const given = Object.entries(values).filter(([key]) => Object.hasOwn(shape, key));
  return Object.fromEntries(given) as z.output<z.ZodObject<T>>;
};

/** A whole number from `min` on; flags and variables write it in digits, and in nothing else. */
export const count = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value),
    z
      .int("must be a whole number")
      .min(min, `must be at least ${min}`)
      .max(max, `must be at most ${max}`),
  );

export const text = () => z.string("must be a text in quotes").min(1, "must not be empty");

/** `write`: how a refusal writes each value. */
export const oneOf = <const T extends readonly [string, ...string[]]>(
  values: T,
  write: (value: string) => string = (value) => value,
) => z.enum(values, { error: () => `must be one of ${values.map(write).join(", ")}` });

export const autoOr = <T extends z.ZodType>(schema: T) => z.union([z.literal("auto"), schema]);
export const offOr = <T extends z.ZodType>(schema: T) => z.union([z.literal("off"), schema]);
export const port = count(0, 65_535);
