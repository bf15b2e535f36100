import { saidOf } from "../src/entry/entry-bytes.ts";
import type {
  Draft,
  LogRequest,
  LogResult,
  ReadRange,
  RoomLog,
  SearchRequest,
} from "../src/room-log.ts";
import { parseQuery } from "../src/search/query.ts";
import { keyOf } from "./chat-fixture.ts";

export interface LogUnderTest {
  /** Keeps about so many bytes of entries, the newest, where the log can be told to. */
  readonly bytesMax: number;
}

export type CreateLogUnderTest = (
  options: LogUnderTest,
  deliver: (result: LogResult<number>) => void,
) => RoomLog<number> | Promise<RoomLog<number>>;

export type Result<K extends LogResult["kind"]> = Extract<LogResult<number>, { kind: K }>;

export const draftOf = (text: string, room = "lobby"): Draft => ({
  type: "message",
  room,
  at: 1_700_000_000_000,
  from: "mina",
  text,
});

type Wanted = Partial<Omit<SearchRequest, "rooms" | "tag">> & { readonly entriesMax: number };

/** A log and its results: each request is known by its tag, the place in which it was submitted. */
export class LogBench {
  readonly results: LogResult<number>[] = [];
  #log: RoomLog<number> | null = null;
  #lastTag = 0;
  #waiting: (() => void)[] = [];

  static async open(createLog: CreateLogUnderTest, bytesMax = 1_000_000): Promise<LogBench> {
    const bench = new LogBench();
    bench.#log = await createLog({ bytesMax }, (result) => {
      bench.results.push(result);
      for (const wake of bench.#waiting.splice(0)) wake();
    });
    return bench;
  }

  get log(): RoomLog<number> {
    return this.#log as RoomLog<number>;
  }

  append(
    text: string,
    { room = "lobby", account = "mina", cid = "", at = 1_700_000_000_000 } = {},
  ): number {
    const request = { room: keyOf(room), account, cid: cid || undefined };
    const draft = { ...draftOf(text, room), at };
    return this.#submit({ kind: "append", ...request, draft, tag: 0 });
  }

  amend(change: Change, account = "mina"): number {
    const stamp = { room: "lobby", at: 1_700_000_000_000, from: account };
    const draft = { ...stamp, ...change } as Draft;
    return this.#submit({
      kind: "append",
      room: keyOf("lobby"),
      account,
      cid: undefined,
      draft,
      tag: 0,
    });
  }

  async recalled(cid: string, account = "mina", room = "lobby"): Promise<Result<"recalled">> {
    const request = { room: keyOf(room), account, cid };
    return (await this.#asked({ kind: "recall", ...request, tag: 0 })) as Result<"recalled">;
  }

  /** Asked within the batch; answered with it. */
  recall(cid: string, account = "mina"): number {
    return this.#submit({ kind: "recall", room: keyOf("lobby"), account, cid, tag: 0 });
  }

  async inbox(account: string, after = ""): Promise<Result<"inbox">> {
    const question = { account, after, roomsMax: 10, asker: 1 };
    return (await this.#asked({ kind: "inbox", ...question, tag: 0 })) as Result<"inbox">;
  }

  async found(query: string, rooms: string[], own: string | null = null): Promise<string[]> {
    return (await this.search(query, { rooms, own, entriesMax: 10 })).entries.map(saidOf);
  }

  async search(
    query: string,
    { rooms, own = null, ...wanted }: Wanted & { rooms: string[]; own?: string | null },
  ): Promise<Result<"found">> {
    const parsed = parseQuery(query);
    const filters = { from: null, since: null, until: null, before: null, place: null };
    const result = await this.#asked({
      kind: "search",
      rooms: rooms.map(keyOf),
      conversationsOf: own,
      terms: parsed.ok ? parsed.terms : [],
      ...filters,
      bytesMax: 1_000_000,
      asker: 1,
      tag: 0,
      ...wanted,
    });
    return result as Result<"found">;
  }

  mark(seq: number, account = "mina", room = "lobby", mayAdd = true): number {
    const request = { room: keyOf(room), account, seq, mayAdd };
    return this.#submit({ kind: "mark", ...request, tag: 0 });
  }

  async #asked(request: LogRequest<number>): Promise<LogResult<number>> {
    const tag = this.#submit(request);
    this.log.commit();
    return await this.result(tag);
  }

  topic(topic: string): number {
    const { text: _text, ...rest } = draftOf("") as Extract<Draft, { type: "message" }>;
    const draft = { ...rest, type: "topic" as const, topic };
    const request = { room: keyOf("lobby"), account: "mina", cid: undefined };
    return this.#submit({ kind: "append", ...request, draft, tag: 0 });
  }

  async opened(room = "lobby"): Promise<Result<"opened">> {
    const tag = this.#submit({ kind: "open", room: keyOf(room), tag: 0 });
    return (await this.result(tag)) as Result<"opened">;
  }

  async page(
    range: ReadRange,
    { entriesMax = 1_000, bytesMax = 1_000_000, room = "lobby" } = {},
  ): Promise<{ seqs: number[]; texts: string[]; more: boolean; gap: boolean }> {
    const bounds = { room: keyOf(room), range, entriesMax, bytesMax, asker: 1 };
    const tag = this.#submit({ kind: "read", ...bounds, tag: 0 });
    // What isn't answered from memory is asked for once the tick's batch is committed.
    if (!this.results.some((result) => result.tag === tag)) this.log.commit();
    const { entries, more, gap } = (await this.result(tag)) as Result<"page">;
    const texts = entries.map(saidOf);
    return { seqs: entries.map(({ seq }) => seq), texts, more, gap };
  }

  async committed(tag: number): Promise<Result<"appended">> {
    this.log.commit();
    return (await this.result(tag)) as Result<"appended">;
  }

  /** Says the lines one by one, each in a commit of its own, and returns their seqs. */
  async say(...texts: string[]): Promise<number[]> {
    const seqs: number[] = [];
    for (const text of texts) seqs.push((await this.committed(this.append(text))).entry.seq);
    return seqs;
  }

  async result(tag: number): Promise<LogResult<number>> {
    for (;;) {
      const result = this.results.find((candidate) => candidate.tag === tag);
      if (result !== undefined) return result;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #submit(request: LogRequest<number>): number {
    this.#lastTag += 1;
    this.log.submit({ ...request, tag: this.#lastTag });
    return this.#lastTag;
  }
}

export type Change =
  | { type: "edit"; target: number; text: string }
  | { type: "redaction"; target: number }
  | { type: "reaction"; target: number; emoji: string; removed?: true };
