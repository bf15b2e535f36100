// Two people and a third, on the real SDK and server, who take nicks from each other in any order, go
// offline and come back, while the server is restarted: what is typed in a conversation reaches the
// person who has that nick, or is refused openly, and never goes to a nick that was given up.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { goesOnIn } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import { processTestMs } from "@maru/testkit";
import fc from "fast-check";
import { endProcesses } from "./processes.ts";
import { RenamingChat } from "./renaming-chat.ts";

setDefaultTimeout(processTestMs);

const { seed = Date.now() } = fc.readConfigureGlobal();
afterAll(() => process.stdout.write(`seed of the renames: ${seed}\n`));
afterAll(endProcesses);

const nicks = ["anna", "ben", "carl", "dora", "eli"];
const slot = fc.nat(2);
const steps = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("nick" as const), slot, to: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("nicks" as const), one: slot, to: fc.nat(4) }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("say" as const), slot, at: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("write" as const), slot, other: slot }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("toggle" as const), slot }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("restart" as const) }) },
);
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

async function take(chat: RenamingChat, step: Step): Promise<void> {
  const nick = (at: number) => nicks[at] as string;
  switch (step.type) {
    case "nick":
      return chat.rename(step.slot, nick(step.to));
    case "nicks":
      // In quick succession, without waiting for an answer.
      return chat.rename(step.one, nick(step.to), nick((step.to + 1) % nicks.length));
    case "say":
      return chat.sayIn(step.slot, step.at);
    case "write":
      return chat.write(step.slot, step.other);
    case "toggle":
      return chat.toggle(step.slot);
    case "restart":
      return chat.restart();
  }
}

/** Each conversation that goes on elsewhere leads to one that doesn't, in one step. */
function expectNoCircles(chat: RenamingChat): void {
  for (const { script } of chat.people) {
    const model = script.model.chat;
    for (const room of model.rooms.values()) {
      if (room.moved === null) continue;
      const next = model.rooms.get(roomKey(room.moved.room));
      expect(next?.moved ?? null, `${room.name} > ${goesOnIn(model, room.moved)}`).toBeNull();
      expect(roomKey(room.moved.room)).not.toBe(room.key);
    }
  }
}

test("conversations lead to where people are now, whatever nicks they took", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 12 }), async (list) => {
      const chat = await RenamingChat.start(nicks.slice(0, 3));
      try {
        for (const step of list) {
          await take(chat, step);
          await chat.settled();
          expectNoCircles(chat);
          expect(chat.faults).toEqual([]);
        }
        await chat.everybodyOnline();
        await chat.restart();
        await chat.settled();
        expect(chat.roomFaults()).toEqual([]);
      } finally {
        await chat.end();
      }
    }),
    { seed, numRuns: 4, endOnFailure: true },
  );
}, 120_000);

test("a nick that was given up and taken back has its conversations again, after a restart, too", async () => {
  const chat = await RenamingChat.start(["anna", "ben"]);
  const [anna] = chat.people;
  for (const to of [["annie"], ["anna"], ["annie", "anna"]]) await chat.rename(0, ...to);
  await chat.restart();
  expect(anna?.client.joinedRooms).toEqual(["@anna+ben"]);
  expect([...(anna?.script.model.joining ?? ["?"])]).toEqual([]);
  expect(chat.roomFaults()).toEqual([]);
  for (const { script } of chat.people) {
    expect([...script.model.chat.rooms.values()].map(({ moved }) => moved)).toEqual([null]);
  }
  for (const slot of [0, 1]) await chat.sayIn(slot, 0);
  await chat.settled();
  const texts = ({ script }: (typeof chat.people)[number]) =>
    JSON.stringify(script.model.chat.rooms.get(roomKey("@anna+ben"))?.timeline);
  for (const person of chat.people) expect(texts(person)).toContain("line 4");
  await chat.end();
}, 60_000);
