// What stands in the place of tcp.ts in a browser, where no program may open a TCP connection.

import { localError } from "../base/maru-error.ts";
import type { TcpPlace } from "./tcp.ts";
import type { Dialer } from "./transport.ts";

/** Throws MaruError `invalid_url`. */
export function dialTcp(_place: TcpPlace): Dialer {
  throw localError("invalid_url", "A browser connects by ws:// or wss:// alone.");
}
