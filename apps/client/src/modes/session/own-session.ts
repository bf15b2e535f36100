// One's own session across restarts: shown at the start, kept at each welcome, gone at a clean end.
// Owns which nick's file that is, when nicks change; the files are store/session-file.ts.

import { refusalText } from "@maru/chat-model/perform";
import type { ChatClient, ChatClientOptions, MaruError } from "@maru/sdk/chat";
import { realDisk, systemProcesses } from "@maru/tui/files";
import type { Target } from "../../cli/target.ts";
import { SessionFile } from "../../store/session-file.ts";
import { storeDirectory } from "../../store/store-directory.ts";

/**
 * What a server may wait beyond its heartbeat before it cuts a silent connection, in ms: its default is
 * 10 s, and it looks only every so often.
 */
const graceMs = 30_000;
/** How long a clean end waits to hear from the server once more, in ms. */
const farewellMs = 500;

export class OwnSession {
  readonly #openFor: (nick: string) => SessionFile | null;
  #nick: string | null;
  #file: SessionFile | null;
  #stored: Parameters<SessionFile["save"]>[0] | null = null;

  /** `stateHome` null: nothing is kept. `nick` undefined: a guest, who has another one each time. */
  constructor(
    stateHome: string | null,
    { host, port }: Pick<Target, "host" | "port">,
    nick: string | undefined,
  ) {
    this.#openFor = (nick) => {
      if (stateHome === null) return null;
      const directory = storeDirectory(stateHome, { host, port, nick });
      return new SessionFile({ directory, disk: realDisk, processes: systemProcesses });
    };
    this.#nick = nick ?? null;
    this.#file = nick === undefined ? null : this.#openFor(nick);
  }

  /** How to connect: with the session that was kept, or waiting for its connection to end. */
  options(): Pick<ChatClientOptions, "resume" | "nickWaitMs" | "onWelcome"> {
    const stored = this.#file?.stored ?? null;
    return {
      ...(stored !== null && { resume: stored.session, nickWaitMs: stored.heartbeatMs + graceMs }),
      onWelcome: (welcome) => {
        this.#stored = welcome;
        this.#file?.save(welcome);
      },
    };
  }

  /** The session goes along when its nick changes. */
  moved(nick: string): void {
    if (nick === this.#nick) return;
    const former = this.#file;
    this.#nick = nick;
    // Let go first: another spelling of the nick has the same file.
    former?.remove();
    former?.close();
    this.#file = this.#openFor(nick);
    if (this.#stored !== null) this.#file?.save(this.#stored);
  }

  /** Why the server turned this client away, with what is known here of who has the nick. */
  explain(error: MaruError): string {
    const text = refusalText(error);
    if (error.code !== "nick_taken") return text;
    const { holder } = this.#file ?? { holder: null };
    if (holder === null) return `${text} Choose another with --nick.`;
    return `${text} Another client of yours has it: leave that one (process ${holder}), or choose another with --nick.`;
  }

  /**
   * Closes the client and lets go of the session. It stays on disk unless the server was heard to the
   * last: one that the end did not reach still holds the nick.
   */
  async close(client: ChatClient, deadlineMs: number): Promise<void> {
    const isOnline = client.state.phase === "online";
    const isIdle = client.buffered === 0;
    const isHeard = isOnline
      ? client.ping().then(
          () => true,
          () => false,
        )
      : Promise.resolve(isRefused(client));
    const leastMs = isOnline && isIdle ? farewellMs : 0;
    await client.close({ deadlineMs: Math.max(deadlineMs, leastMs) });
    this.end(await isHeard);
  }

  /** `isGone`: the server has let go of the session, or never had it. */
  end(isGone: boolean): void {
    if (isGone) this.#file?.remove();
    this.#file?.close();
  }
}

/** The nick is another person's: what is kept is worth nothing. */
function isRefused({ state }: ChatClient): boolean {
  return state.phase === "closed" && state.reason.code === "nick_taken";
}
