// The session that the server knows this nick by, on disk: who restarts takes the nick back from a
// connection that the server does not yet know to be dead. Owns `session/` in the nick's directory,
// with a lock of its own: of two clients that run, the second neither reads nor writes it, so that
// they can't take the nick from each other. What the disk does not take is not kept, and no loss.

import { join } from "node:path";
import type { ProcessTable } from "@maru/tui/files";
import { acquireLock, codeOf, type Disk, whole } from "@maru/tui/files";
import { z } from "zod";

/** The nick's own directory below it has two more names. */
const directoryName = "session";
const fileName = "session.json";
const formatVersion = 1;
/** Far more than a session takes; a larger file is none of ours. */
const fileBytesMax = 4096;
const heartbeatMsMax = 3_600_000;

const File = z.strictObject({
  version: z.literal(formatVersion),
  file: z.literal(fileName),
  session: z.string().min(1).max(256),
  heartbeatMs: z.int().min(1).max(heartbeatMsMax),
});

export interface StoredSession {
  /** Secret, as `session` of the welcome. */
  readonly session: string;
  /** Of the server: so often it hears of its clients. */
  readonly heartbeatMs: number;
}

export interface SessionFileOptions {
  /** The nick's, from `storeDirectory`. */
  readonly directory: string;
  readonly disk: Disk;
  readonly processes: ProcessTable;
}

export class SessionFile {
  /** What an earlier run left; null: nothing, or it is another client's that runs. */
  readonly stored: StoredSession | null;
  /** Another client of this nick that runs; null: there is none. */
  readonly holder: number | null;
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #path: string;
  readonly #release: (() => void) | null;

  constructor({ directory, disk, processes }: SessionFileOptions) {
    this.#disk = disk;
    this.#directory = join(directory, directoryName);
    this.#path = join(this.#directory, fileName);
    const lock = attempt(() => {
      disk.makeDirectory(this.#directory);
      const token = crypto.randomUUID();
      return acquireLock({ disk, directory: this.#directory, processes, token });
    });
    this.#release = lock?.isHeld === true ? lock.release : null;
    this.holder = lock?.isHeld === false ? lock.pid : null;
    this.stored = this.#release === null ? null : (attempt(() => this.#read()) ?? null);
  }

  /** Written whole at once: a kill leaves the one or the other. */
  save({ session, heartbeatMs }: StoredSession): void {
    if (this.#release === null) return;
    const file = { version: formatVersion, file: fileName, session, heartbeatMs };
    if (!File.safeParse(file).success) return this.remove();
    attempt(() => {
      // One that is there already would keep its mode.
      this.#disk.remove(`${this.#path}${whole}`);
      this.#disk.write(`${this.#path}${whole}`, `${JSON.stringify(file)}\n`);
      this.#disk.rename(`${this.#path}${whole}`, this.#path);
    });
  }

  /** The server has let go of the nick. */
  remove(): void {
    if (this.#release !== null) attempt(() => this.#disk.remove(this.#path));
  }

  /** Lets another client have it. */
  close(): void {
    const release = this.#release;
    if (release !== null) attempt(release);
  }

  #read(): StoredSession | null {
    const size = this.#disk.size(this.#path);
    if (size === null || size > fileBytesMax) return null;
    const text = Buffer.from(this.#disk.read(this.#path)).toString();
    const parsed = File.safeParse(parseJson(text));
    if (!parsed.success) return null;
    const { session, heartbeatMs } = parsed.data;
    return { session, heartbeatMs };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Undefined where the disk did not do it; any other error is a bug, and thrown on. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (codeOf(error) === "") throw error;
    return undefined;
  }
}
