// How one setting is written: its schema, and what is shown of it.

import { z } from "zod";

/** What is shown of a setting beside its default. */
export interface SettingMeta {
  readonly description: string;
  /** The value's placeholder in --help: N, HOST, FILE. */
  readonly value: string;
  /** The heading under which it stands. */
  readonly section: "Serving" | "Limits" | "Chat" | "Storage" | "Operating";
  readonly [key: string]: unknown;
}

export const setting = <T extends z.ZodType>(schema: T, meta: SettingMeta): T => schema.meta(meta);

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
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: () => `must be one of ${values.join(", ")}` });
export const autoOr = <T extends z.ZodType>(schema: T) => z.union([z.literal("auto"), schema]);
export const offOr = <T extends z.ZodType>(schema: T) => z.union([z.literal("off"), schema]);
export const port = count(0, 65_535);
