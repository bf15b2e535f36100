// The session that the server knows this nick by, on disk: who restarts takes the nick back from a
// connection that the server does not yet know to be dead. Owns `session/` in the nick's directory,
// with a lock of its own: of two clients that run, the second neither reads nor writes it, so that
// they can't take the nick from each other. What the disk does not take is not kept, and no loss.

import { join } from "node:path";
import {
  acquireLock,
  attempt,
  type Disk,
  type ProcessTable,
  readJsonFile,
  replaceFile,
  whole,
} from "@maru/tui/files";
import * as z from "zod";

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
      replaceFile(this.#disk, this.#path, `${JSON.stringify(file)}\n`);
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
    const file = readJsonFile(this.#disk, this.#path, File, fileBytesMax);
    if (file.kind !== "read") return null;
    const { session, heartbeatMs } = file.value;
    return { session, heartbeatMs };
  }
}
