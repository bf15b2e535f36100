// The shard's connections by number, and which of them have not been greeted yet. A number is used
// again only after two billion others, so an op for a connection that is gone finds none instead of
// another.

import type { Connection } from "../connection/connection.ts";

const idMax = 0x7fff_fffe;

export class ConnectionTable {
  readonly #byId = new Map<number, Connection>();
  /** Those that have not been greeted yet, oldest first. */
  readonly ungreeted = new Set<Connection>();
  #lastId = 0;

  get size(): number {
    return this.#byId.size;
  }

  nextId(): number {
    do {
      this.#lastId = this.#lastId >= idMax ? 1 : this.#lastId + 1;
    } while (this.#byId.has(this.#lastId));
    return this.#lastId;
  }

  add(connection: Connection): void {
    this.#byId.set(connection.id, connection);
  }

  get(id: number): Connection | undefined {
    return this.#byId.get(id);
  }

  /** False when it was not there. */
  remove(connection: Connection): boolean {
    return this.#byId.delete(connection.id);
  }

  all(): IterableIterator<Connection> {
    return this.#byId.values();
  }
}
