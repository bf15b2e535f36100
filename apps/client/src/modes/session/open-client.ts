// Connecting, as every program of the client does it: the client, or how the program ends.

import {
  type ChatClient,
  type ChatClientOptions,
  type ChatClientState,
  connectChat,
  MaruError,
} from "@maru/sdk/chat";
import type { Io } from "@maru/tui/io";
import manifest from "../../../package.json" with { type: "json" };
import type { Ending } from "../../cli/exit-codes.ts";
import { addressAdvice, type Target } from "../../cli/target.ts";
import type { OwnSession } from "./own-session.ts";
import { say } from "./say.ts";

export type Opened =
  | { readonly ok: true; readonly client: ChatClient }
  | { readonly ok: false; readonly ending: Ending };

const unreachable = new Set<string>([
  ...["connect_failed", "timeout", "protocol_error", "not_maru", "version_refused"],
]);

/** How a program ends that the server or the network turned away. */
export function endingOf(error: MaruError): Ending {
  return unreachable.has(error.code) ? "unreachable" : "refused";
}

export interface OpenOptions
  extends Pick<ChatClientOptions, "eventsBuffered" | "connectTimeoutMs" | "commandTimeoutMs"> {
  /** Wait for a server that is not up yet, for as long as it takes. */
  readonly wait?: boolean;
  /** Say nothing but errors. */
  readonly quiet?: boolean;
}

/**
 * Connects; says on standard error what it waits for, and why not. A signal gives up, and so does a
 * reader that leaves.
 */
export async function openClient(
  target: Target,
  nick: string | undefined,
  session: OwnSession,
  { wait = false, quiet = false, ...options }: OpenOptions,
  io: Io,
): Promise<Opened> {
  const { host, port } = target;
  const client = `maru-client/${manifest.version}`;
  const abort = new AbortController();
  let stopped: Ending | null = null;
  const stop = (ending: Ending) => {
    stopped = ending;
    abort.abort();
  };
  void io.stopped.then(stop);
  // Of a program that watches its reader: without one there is nothing to connect for.
  void io.stdout.ended().then(() => stop("done"));
  const { signal } = abort;
  const waiting = (text: string) => void (quiet || say(io.stderr, text));
  const onState = sayOnce(waiting);
  const own = session.options();
  const wanted: ChatClientOptions = {
    host,
    port,
    nick,
    client,
    signal,
    onState,
    ...own,
    ...options,
  };
  try {
    return {
      ok: true,
      client: await (wait ? connectWaiting(wanted, waiting) : connectChat(wanted)),
    };
  } catch (error) {
    if (!(error instanceof MaruError)) throw error;
    session.end(error.code === "nick_taken");
    if (stopped !== null) return { ok: false, ending: stopped };
    const ending = endingOf(error);
    const advice = ending === "unreachable" ? addressAdvice(target) : "";
    say(io.stderr, session.explain(error) + advice);
    return { ok: false, ending };
  }
}

/** Says once that it waits. */
async function connectWaiting(
  wanted: ChatClientOptions,
  tell: (text: string) => void,
): Promise<ChatClient> {
  try {
    return await connectChat(wanted);
  } catch (error) {
    if (!(error instanceof MaruError) || !isAbsent(error)) throw error;
    tell(`${error.message.replace(/\.$/, "")}; waiting for the server`);
    return connectChat({ ...wanted, retryFirst: true });
  }
}

/** Whether the server may be up later. */
const isAbsent = ({ code, retryable }: MaruError): boolean => retryable && unreachable.has(code);

/** Says that one's own nick is waited for, the first time that it has to be. */
function sayOnce(tell: (text: string) => void): (state: ChatClientState) => void {
  let isTold = false;
  return (state) => {
    if (isTold || state.phase !== "waiting" || state.reason.code !== "nick_taken") return;
    isTold = true;
    tell(state.reason.message);
  };
}
