// Reads a file of settings, no more of it than settings may be long: a device has no end.

import { closeSync, openSync, readSync } from "node:fs";

/** No settings are longer, in bytes. */
export const settingsBytesMax = 256 * 1024;

export type SettingsFile =
  | { readonly kind: "read"; readonly bytes: Uint8Array }
  /** It has more than `settingsBytesMax` bytes. */
  | { readonly kind: "long" }
  /** A clause that says why, such as "there is no such file". */
  | { readonly kind: "unread"; readonly why: string };

export function readSettingsFile(path: string): SettingsFile {
  try {
    const bytes = bytesOf(path);
    return bytes.length > settingsBytesMax ? { kind: "long" } : { kind: "read", bytes };
  } catch (error) {
    return { kind: "unread", why: whyUnread(error) };
  }
}

/** One byte more than it may have, at most. */
function bytesOf(path: string): Uint8Array {
  const bytes = new Uint8Array(settingsBytesMax + 1);
  const file = openSync(path, "r");
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** By the system's code. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory; name a file",
  EACCES: "the permission to read it is missing",
};

function whyUnread(error: unknown): string {
  const { code = "", message } = error as Error & { code?: string };
  return reasons[code] ?? `the file can't be read (${message})`;
}
