// Search without an index: the messages of the rooms are looked through, from the newest on, as far as
// the work of a page goes. The next page goes on there.

import type { Entry, NameKey } from "@maru/protocol/chat";
import type { SearchRequest } from "../room-log.ts";
import { matches } from "../search/matches.ts";
import { type FoundPage, searchRooms } from "../search/search-rooms.ts";
import { SearchWork } from "../search/search-work.ts";
import type { SearchedRoom, TimeRange, WalkStep } from "../search/searched-room.ts";
import { timeCut } from "../search/time-cut.ts";
import { firstSeq, type Kept, type KeptRoom, keptAt } from "./kept.ts";

/** What one page may cost, in microseconds: the hub's thread searches, and every session waits for it. */
export const searchWorkUs = 2_000;
/** Of an entry that is looked at; what its text costs is counted beside it. */
const entryUs = 0.3;

export function findMessages(rooms: readonly KeptRoom[], request: SearchRequest): FoundPage {
  const searched = rooms.map((room) => new MemoryRoom(room, request));
  return searchRooms(searched, request, new SearchWork(searchWorkUs));
}

class MemoryRoom implements SearchedRoom {
  readonly key: NameKey;
  readonly newestAt: number;
  readonly #room: KeptRoom;
  readonly #request: SearchRequest;

  constructor(room: KeptRoom, request: SearchRequest) {
    this.key = room.key;
    this.newestAt = room.newestAt;
    this.#room = room;
    this.#request = request;
  }

  *walk(before: number, times: TimeRange, work: SearchWork): Generator<WalkStep> {
    const { head, skewMs } = this.#room;
    const bounds = { low: firstSeq(this.#room), high: Math.min(head, before - 1), skewMs };
    const probe = (seq: number) => ({ seq, at: this.#keptAt(seq).entry.at });
    const { low, high } = timeCut({ ...bounds, probe }, times);
    for (let seq = high; seq >= low; seq -= 1) {
      const kept = this.#keptAt(seq);
      const { at } = kept.entry;
      work.spend(entryUs);
      yield { seq, newestAt: at + skewMs, candidate: { at, judge: () => this.#judge(kept, work) } };
    }
  }

  #judge({ entry, account }: Kept, work: SearchWork): Entry | null {
    const { terms, from } = this.#request;
    if (entry.type !== "message" || entry.redacted === true) return null;
    if (from !== null && account !== from) return null;
    return matches(entry.text, terms, work) ? entry : null;
  }

  #keptAt(seq: number): Kept {
    return keptAt(this.#room, seq) as Kept;
  }
}
