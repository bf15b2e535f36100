// Where the state of one account on one server is kept, below the directory for state.
// Pure. Every name is written in letters that every file system takes, and no two share one.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { parseNick } from "@maru/protocol/chat";

export interface StoreOwner {
  readonly host: string;
  readonly port: number;
  /** Null for a guest. */
  readonly nick: string | null;
}

/** Bytes of one name that every file system takes, with some left for an ending. */
const nameBytesMax = 200;
const hashDigits = 32;
const guest = "guest";

/** `<stateHome>/maru/<host>_<port>/<nick>`; spellings of one nick share a directory. */
export function storeDirectory(stateHome: string, { host, port, nick }: StoreOwner): string {
  const server = `${safeName(host.toLowerCase())}_${port}`;
  return join(stateHome, "maru", server, nick === null ? guest : nickName(nick));
}

function nickName(nick: string): string {
  const parsed = parseNick(nick);
  const name = safeName(parsed.ok ? parsed.key : nick.normalize("NFC"));
  // A person may be called so; the guests' directory is not theirs.
  return name === guest ? "%67uest" : name;
}

/** Percent signs and hex for all but small ASCII letters, digits, `-`, `_`, and dots inside. */
function safeName(text: string): string {
  const bytes = [...Buffer.from(text.toWellFormed())];
  const name = bytes.map((byte, at) => (isPlain(byte, at) ? String.fromCharCode(byte) : hex(byte)));
  const whole = name.join("");
  if (whole !== "" && whole.length <= nameBytesMax) return whole;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, hashDigits);
  return `${whole.slice(0, nameBytesMax - hashDigits - 1)}~${hash}`;
}

function isPlain(byte: number, at: number): boolean {
  const character = String.fromCharCode(byte);
  return /[a-z0-9_-]/.test(character) || (character === "." && at > 0);
}

function hex(byte: number): string {
  return `%${byte.toString(16).padStart(2, "0")}`;
}
