// What every placement of shards promises about delivery, as one suite: run for each number of
// workers, and again where shards have been lost and replaced.

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { PeerMessage } from "@maru/testkit";
import type { FloorClient, FloorServer } from "./floor/floor-server.ts";

const members = 6;
const each = 40;
const total = members * each;
let rooms = 0;

/** A room of its own for each test. */
const newRoom = () => {
  rooms += 1;
  return `room-${rooms}`;
};
const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);
const numbers = (messages: readonly PeerMessage[]) => messages.map(({ n }) => n as number);

export function deliveryContract(name: string, start: () => Promise<FloorServer>): void {
  describe(name, () => {
    let floor: FloorServer;
    beforeAll(async () => {
      floor = await start();
    });
    afterAll(() => floor.stop());

    const enterAll = (count: number) =>
      Promise.all(upTo(count).map((number) => floor.enter(`member-${number}`)));
    const leaveAll = (clients: readonly FloorClient[]) =>
      Promise.all(clients.map((client) => client.close()));

    test("every member gets every publication once, all in one order", async () => {
      const room = newRoom();
      const clients = await enterAll(members);
      for (const client of clients) await client.ask("join", { room });
      for (let count = 0; count < each; count += 1) {
        for (const client of clients) client.tell("say", { room, text: `${count} 한글 ✓` });
      }
      const heard = await Promise.all(clients.map(({ peer }) => peer.until("message", total)));
      for (const messages of heard) {
        expect(numbers(messages)).toEqual(upTo(total));
        expect(messages).toEqual(heard[0] as readonly PeerMessage[]);
      }
      await leaveAll(clients);
    });

    test("the sender has its answer before the publication, and answers in order", async () => {
      const room = newRoom();
      const clients = await enterAll(3);
      for (const client of clients) await client.ask("join", { room });
      for (const client of clients) {
        for (const text of upTo(each)) client.tell("say", { room, text: String(text) });
      }
      await Promise.all(clients.map(({ peer }) => peer.until("message", 3 * each)));
      for (const { peer, name } of clients) {
        const said = numbers(peer.ofType("said"));
        const own = peer.ofType("message").filter(({ from }) => from === name);
        expect(said).toHaveLength(each);
        expect(numbers(own)).toEqual(said);
        for (const n of said) {
          const place = (type: string) =>
            peer.received.findIndex((message) => message.type === type && message.n === n);
          expect(place("said")).toBeLessThan(place("message"));
        }
      }
      await leaveAll(clients);
    });

    test("who joins in the middle gets exactly what follows its answer", async () => {
      const room = newRoom();
      const [speaker, ...late] = (await enterAll(4)) as [FloorClient, ...FloorClient[]];
      await speaker.ask("join", { room });
      const joins = late.map(async (client, index) => {
        await speaker.peer.until("message", (index + 1) * each);
        const { n } = await client.ask("join", { room });
        return { client, n: n as number };
      });
      for (let count = 1; count <= total; count += 1) await speaker.ask("say", { room, text: "" });
      for (const { client, n } of await Promise.all(joins)) {
        await client.peer.until("message", total - n);
        expect(numbers(client.peer.ofType("message"))).toEqual(upTo(total - n, n + 1));
      }
      await leaveAll([speaker, ...late]);
    });

    test("joins and leaves in the middle of a stream are exact", async () => {
      const room = newRoom();
      const [speaker, guest] = (await enterAll(2)) as [FloorClient, FloorClient];
      await speaker.ask("join", { room });
      const stays: { after: number; upTo: number }[] = [];
      const talking = (async () => {
        for (let count = 0; count < total; count += 1) await speaker.ask("say", { room, text: "" });
      })();
      for (let round = 0; round < 15; round += 1) {
        const after = (await guest.ask("join", { room })).n as number;
        await guest.ask("nothing");
        stays.push({ after, upTo: (await guest.ask("leave", { room })).n as number });
      }
      await talking;
      await guest.ask("nothing");
      const due = stays.flatMap((stay) => upTo(stay.upTo - stay.after, stay.after + 1));
      expect(numbers(guest.peer.ofType("message"))).toEqual(due);
      await leaveAll([speaker, guest]);
    });

    test("members that come and go change nothing for those who stay", async () => {
      const room = newRoom();
      const clients = await enterAll(3);
      for (const client of clients) await client.ask("join", { room });
      for (let round = 0; round < 10; round += 1) {
        const visitor = await floor.enter("visitor");
        await visitor.ask("join", { room });
        for (const client of clients) client.tell("say", { room, text: String(round) });
        visitor.tell("say", { room, text: "bye" });
        if (round % 2 === 0) visitor.peer.socket.reset();
        else await visitor.ask("nothing").then(() => visitor.close());
      }
      for (const client of clients) await client.ask("nothing");
      const last = (await (clients[0] as FloorClient).ask("say", { room, text: "" })).n as number;
      for (const { peer } of clients) {
        await peer.until("message", last);
        expect(numbers(peer.ofType("message"))).toEqual(upTo(last));
      }
      await leaveAll(clients);
    });

    test("who is closed gets all that came before, and the reason last", async () => {
      const [client] = (await enterAll(1)) as [FloorClient];
      client.tell("flood", { count: 500, bytes: 1000, andClose: true });
      const received: PeerMessage[] = [];
      for await (const message of client.peer) received.push(message);
      expect(numbers(received.filter(({ type }) => type === "filler"))).toEqual(upTo(500));
      expect(received.at(-2)?.type).toBe("done");
      expect(received.at(-1)).toMatchObject({ type: "close", code: "flooded", reconnect: "never" });
      expect(await client.peer.closed()).toBe("closed");
    });

    test("after its FIN a client still gets the answers to all it asked", async () => {
      const [client] = (await enterAll(1)) as [FloorClient];
      for (let count = 0; count < 300; count += 1) client.tell("nothing");
      client.peer.socket.end();
      expect(await client.peer.closed()).toBe("closed");
      expect(client.peer.ofType("done")).toHaveLength(300);
    });

    test("all commands are answered in order, however many are sent at once", async () => {
      const [client] = (await enterAll(1)) as [FloorClient];
      const ids = upTo(3000).map(() => client.tell("nothing"));
      const done = await client.peer.until("done", 3000);
      expect(done.map(({ re }) => re as number)).toEqual(ids);
      await leaveAll([client]);
    });

    test("sessions that end are told to the others, with the reason", async () => {
      const [watcher, leaver, closed] = (await enterAll(3)) as [
        FloorClient,
        FloorClient,
        FloorClient,
      ];
      await watcher.ask("join", { room: "gone" });
      await leaver.close();
      expect(await watcher.peer.next("gone")).toMatchObject({
        name: "member-2",
        code: "peer_closed",
      });
      closed.tell("flood", { count: 0, bytes: 0, andClose: true });
      expect(await watcher.peer.next("gone")).toMatchObject({ name: "member-3", code: "flooded" });
      await leaveAll([watcher]);
    });
  });
}
