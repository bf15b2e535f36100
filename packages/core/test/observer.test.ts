// Who observes a shard sees each thing once and in its order; who is served notices nothing of it.

import { afterEach, expect, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import { Changes } from "@maru/testkit";
import { type FloorServer, startFloor } from "./floor/floor-server.ts";
import { createSeen } from "./floor/seen.ts";

let floor: FloorServer | null = null;
const channel = new BroadcastChannel("core.observed-shard");
afterEach(async () => {
  channel.onmessage = null;
  await floor?.stop();
  floor = null;
});

/** Bytes of the frame that a client of the floor sends. */
const frameBytes = (message: object) => encodeFrame(JSON.stringify(message)).length;

const say = { type: "say", id: 3, room: "r", text: "hi" };
/** One who greets, enters a room and says something there. */
const story = (isPosted: boolean) => [
  "opened from 127.0.0.1",
  `read ${frameBytes({ type: "hello", id: 1, name: "ann" })}: hello`,
  `batch of 1, posted: ${isPosted}`,
  "send welcome, answers 1",
  "wrote welcome, all: true, 0, 0",
  "flushed",
  `read ${frameBytes({ type: "join", id: 2, room: "r" })}: join`,
  `batch of 1, posted: ${isPosted}`,
  "send joined, answers 1",
  "join",
  "wrote joined, all: true, 0, 0",
  "flushed",
  `read ${frameBytes(say)}: say`,
  `batch of 1, posted: ${isPosted}`,
  "send said, answers 1",
  "publish 1: message",
  "wrote said,message, all: true, 0, 0",
  "flushed",
];

async function tellStory({ enter }: FloorServer): Promise<void> {
  const ann = await enter("ann");
  await ann.ask("join", { room: "r" });
  await ann.ask("say", { room: "r", text: "hi" });
  await ann.close();
}

/** Gathers words until they are as many as in the story; `told` is all there were. */
function gather() {
  const told: string[] = [];
  const changes = new Changes();
  const tell = (word: string) => {
    told.push(word);
    changes.tell();
  };
  const closed = () =>
    changes.found(
      () => (told.at(-1)?.endsWith("closed") === true ? told : null),
      () => `no end of ${told.join("; ")}`,
      10_000,
    );
  return { tell, closed };
}

test("sees frame, batch, answers and writes of a shard on the service's thread", async () => {
  const { tell, closed } = gather();
  floor = await startFloor({ observer: createSeen(tell) });
  await tellStory(floor);
  const told = await closed();
  expect(told.slice(0, story(false).length)).toEqual(story(false));
});

test.each(["main", "shard"] as const)("sees the same in a worker, placement %s", async (place) => {
  const { tell, closed } = gather();
  channel.onmessage = ({ data }) => tell(data as string);
  const shard = new URL("./floor/observed-shard.ts", import.meta.url);
  floor = await startFloor({ workers: 1, placement: place, shard });
  await tellStory(floor);
  const seen = story(place === "main").map((word) => `0: ${word}`);
  const told = await closed();
  expect(told.slice(0, seen.length)).toEqual(seen);
});
