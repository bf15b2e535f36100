// What a server under test logs, so that a test can wait for it instead of for time to pass.

import { Changes } from "./changes.ts";

type Fields = Readonly<Record<string, string | number | boolean | null>>;

export interface LoggedEvent {
  readonly level: string;
  readonly event: string;
  readonly fields: Fields;
}

export class LogWatch {
  readonly events: LoggedEvent[] = [];
  readonly #changes = new Changes();

  /** To be handed over as the log port. */
  readonly log = (level: string, event: string, fields: Fields = {}): void => {
    this.events.push({ level, event, fields });
    this.#changes.tell();
  };

  ofEvent(event: string): LoggedEvent[] {
    return this.events.filter((logged) => logged.event === event);
  }

  /** Resolves once the event has been logged `count` times since the start. */
  async until(event: string, count = 1): Promise<readonly LoggedEvent[]> {
    const look = () => {
      const found = this.ofEvent(event);
      return found.length >= count ? found : null;
    };
    const seen = () => this.events.map((logged) => JSON.stringify(logged)).join("\n");
    return await this.#changes.found(look, () => `no "${event}"; logged: ${seen()}`);
  }
}
