// What a server under test logs, so that a test can wait for it instead of for time to pass.

import { deadlineMsDefault, withDeadline } from "./deadline.ts";

type Fields = Readonly<Record<string, string | number | boolean | null>>;

export interface LoggedEvent {
  readonly level: string;
  readonly event: string;
  readonly fields: Fields;
}

export class LogWatch {
  readonly events: LoggedEvent[] = [];
  #watches: (() => void)[] = [];

  /** To be handed over as the log port. */
  readonly log = (level: string, event: string, fields: Fields = {}): void => {
    this.events.push({ level, event, fields });
    for (const look of [...this.#watches]) look();
  };

  ofEvent(event: string): LoggedEvent[] {
    return this.events.filter((logged) => logged.event === event);
  }

  /** Resolves once the event has been logged `count` times since the start. */
  async until(event: string, count = 1): Promise<readonly LoggedEvent[]> {
    const { promise, resolve } = Promise.withResolvers<readonly LoggedEvent[]>();
    const look = () => {
      const found = this.ofEvent(event);
      if (found.length >= count) resolve(found);
    };
    this.#watches.push(look);
    look();
    const seen = () => this.events.map((logged) => JSON.stringify(logged)).join("\n");
    try {
      return await withDeadline(
        promise,
        deadlineMsDefault,
        () => `no "${event}"; logged: ${seen()}`,
      );
    } finally {
      this.#watches = this.#watches.filter((watch) => watch !== look);
    }
  }
}
