// A bystander of an attack: says something every so often, and reads what was said long
// ago. Each is timed from when it was due, so that a stall hides none of what it delays.

import { type Latencies, latenciesOf } from "../../harness/statistics.ts";
import { WireClient } from "../../harness/wire-client.ts";

const room = "quiet";
const sendEveryMs = 20;
const pageEveryMs = 50;
/** More than a server keeps of a room in memory: pages near the beginning are read by other threads. */
const entries = 3_000;
const pageEntries = 50;

export interface Experienced {
  readonly sends: Latencies;
  readonly pages: Latencies;
}

export class Bystander {
  readonly #talking: WireClient;
  readonly #reading: WireClient;

  private constructor(talking: WireClient, reading: WireClient) {
    this.#talking = talking;
    this.#reading = reading;
  }

  /** In a room that has been talked in. */
  static async arrive(port: number): Promise<Bystander> {
    const [talking, reading] = await Promise.all([
      WireClient.greet(port, "bystander"),
      WireClient.greet(port, "reader"),
    ]);
    for (const client of [talking, reading]) await client.ask({ type: "join", room });
    for (let said = 0; said < entries; said += 100) {
      const batch = Array.from(
        { length: 100 },
        (_, index) => `line ${said + index} of the quiet room`,
      );
      await Promise.all(batch.map((text) => talking.ask({ type: "send", room, text })));
    }
    return new Bystander(talking, reading);
  }

  /** Goes on until `isOver`. */
  async experience(isOver: () => boolean): Promise<Experienced> {
    let page = 0;
    const [sends, pages] = await Promise.all([
      repeat(sendEveryMs, isOver, () => this.#talking.ask({ type: "send", room, text: "hello" })),
      repeat(pageEveryMs, isOver, () => {
        page = (page + 997) % (entries / 2);
        return this.#reading.ask({ type: "history", room, before: 100 + page, limit: pageEntries });
      }),
    ]);
    return { sends: latenciesOf(sends), pages: latenciesOf(pages) };
  }

  leave(): void {
    this.#talking.close();
    this.#reading.close();
  }
}

async function repeat(
  everyMs: number,
  isOver: () => boolean,
  ask: () => Promise<unknown>,
): Promise<number[]> {
  const timingsMs: number[] = [];
  for (let dueMs = performance.now(); !isOver(); dueMs += everyMs) {
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await Bun.sleep(waitMs);
    await ask();
    timingsMs.push(performance.now() - dueMs);
  }
  return timingsMs;
}
