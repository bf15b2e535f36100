// Connecting, as every program of the client does it: the client, or how the program ends.

import { ChatError, type Client, type ConnectOptions, connect } from "@maru/sdk";
import manifest from "../../package.json" with { type: "json" };
import type { Ending } from "../cli/exit-codes.ts";
import type { Target } from "../cli/target.ts";
import type { Io } from "../io/io.ts";
import { say } from "./say.ts";

export type Opened =
  | { readonly ok: true; readonly client: Client }
  | { readonly ok: false; readonly ending: Ending };

const unreachable = new Set<string>(["connect_failed", "timeout", "protocol_error"]);

/** How a program ends that the server or the network turned away. */
export function endingOf(error: ChatError): Ending {
  return unreachable.has(error.code) ? "unreachable" : "refused";
}

/** Connects; says on standard error why not. A signal gives up. */
export async function openClient(
  target: Target,
  nick: string | undefined,
  options: Pick<ConnectOptions, "eventsBuffered">,
  io: Io,
): Promise<Opened> {
  const { host, port } = target;
  const client = `maru-client/${manifest.version}`;
  const abort = new AbortController();
  let stopped: Ending | null = null;
  void io.stopped.then((ending) => {
    stopped = ending;
    abort.abort();
  });
  try {
    const { signal } = abort;
    return { ok: true, client: await connect({ host, port, nick, client, signal, ...options }) };
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    if (stopped !== null) return { ok: false, ending: stopped };
    say(io.stderr, error.message);
    return { ok: false, ending: endingOf(error) };
  }
}
