// A member of a room as the tests of the peers see it: says a text, and tells the next that it
// hears. One small client for each protocol, independent of the load generator on purpose.

export interface Member {
  say(text: string): void;
  /** The next text of its room, its own included where the protocol sends it. */
  heard(): Promise<string>;
  close(): void;
}

/** Where to, and as whom: nicks must differ, rooms are `r0`, `r1`, ... */
export interface Place {
  readonly port: number;
  readonly room: string;
  readonly nick: string;
}

/** Resolves when whatever is said from now on reaches the member. */
export type Join = (place: Place) => Promise<Member>;
