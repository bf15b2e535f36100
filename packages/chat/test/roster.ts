// Who is in a room as one visitor knows it who has been there all along: what its first `joined` told,
// and every presence since. Each event is one change: first who is gone, then who is there.

import { expect } from "bun:test";
import type { ChatFixture, Message, Visitor } from "./chat-fixture.ts";

export class Roster {
  readonly visitor: Visitor;
  readonly #nicks = new Set<string>();

  /** A visitor with this nick who enters the room and stays. */
  constructor(fixture: ChatFixture, nick: string, room: string) {
    this.visitor = fixture.guest(nick);
    const joined = this.visitor.ask("join", { room }) as Message<"joined">;
    for (const member of joined.members) this.#nicks.add(member);
    this.read();
  }

  get nicks(): string[] {
    return [...this.#nicks].sort();
  }

  /** Reads what has come since the last time. */
  read(): void {
    for (const event of this.visitor.events()) {
      if (event.type !== "presence") continue;
      const { joined = [], left = [], renamed = [] } = event;
      for (const nick of [...left, ...renamed.map(({ from }) => from)]) this.#nicks.delete(nick);
      for (const nick of [...joined, ...renamed.map(({ to }) => to)]) this.#nicks.add(nick);
      expect(event.memberCount).toBe(this.#nicks.size);
    }
  }
}
