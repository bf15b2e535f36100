// Where the state of one account on one server is kept, below the directory for state.
// Pure. No two share one.

import { join } from "node:path";
import { parseNick } from "@maru/protocol/chat";
import { safeName } from "@maru/tui/files";

export interface StoreOwner {
  readonly host: string;
  readonly port: number;
  /** Null for a guest. */
  readonly nick: string | null;
}

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
