// A small file of one value in JSON, replaced whole each time. Knows nothing of what is in it.

import type * as z from "zod";
import { setAside, whole } from "./aside.ts";
import { codeOf, type Disk } from "./disk.ts";

export type JsonFile<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "missing" }
  /** It is too large, no JSON, or nothing that the schema knows. */
  | { readonly kind: "broken" };

/** Reads no more than `bytesMax`. A failure of the disk is thrown. */
export function readJsonFile<T>(
  disk: Disk,
  path: string,
  schema: z.ZodType<T>,
  bytesMax: number,
): JsonFile<T> {
  const size = disk.size(path);
  if (size === null) return { kind: "missing" };
  if (size > bytesMax) return { kind: "broken" };
  const read = schema.safeParse(jsonOf(Buffer.from(disk.read(path)).toString()));
  return read.success ? { kind: "read", value: read.data } : { kind: "broken" };
}

/**
 * The file with this text and no other: a kill leaves the old one or the new one. Where the old one was
 * not understood it is moved aside before.
 */
export function replaceFile(disk: Disk, path: string, text: string, isForeign = false): void {
  disk.write(`${path}${whole}`, text);
  if (isForeign) setAside(disk, path);
  disk.rename(`${path}${whole}`, path);
}

/** Undefined where the disk did not do it; any other error is a bug, and thrown on. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (codeOf(error) === "") throw error;
    return undefined;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
