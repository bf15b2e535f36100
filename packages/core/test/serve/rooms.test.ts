import { describe, expect, test } from "bun:test";
import { PeerRecord } from "../../src/serve/peer-record.ts";
import { Rooms } from "../../src/serve/room-record.ts";
import { FakePort } from "../../src/testing/mod.ts";
import { boardProtocol } from "./board.ts";

function setUp() {
  const port = new FakePort({ protocol: boardProtocol });
  const sessions = new Map<PeerRecord, ReturnType<typeof port.openSession>>();
  const peer = () => {
    const session = port.openSession();
    const record = new PeerRecord(session, port as never);
    sessions.set(record, session);
    return record;
  };
  /** Its connection is gone: the engine tells the port, and the service the record. */
  const end = (record: PeerRecord) => {
    port.forget(sessions.get(record) as never);
    record.end();
  };
  /** Names in the events that it has got, in order. */
  const heard = ({ session }: PeerRecord) => {
    port.flush();
    return port.lineOf(session).received.map((message) => (message as { name?: string }).name);
  };
  return { port, rooms: new Rooms(port as never), peer, end, heard };
}

const gone = (name: string) => ["gone", { board: "a", name }] as const;

describe("a room", () => {
  test("is one of its name while it has members, by whatever handle it is asked", () => {
    const { port, rooms, peer, heard } = setUp();
    const [early, other] = [rooms.of("a"), rooms.of("a")];
    const [mina, jun] = [peer(), peer()];
    early.join(mina);
    other.join(jun);
    expect([early.size, other.size, rooms.of("a").size]).toEqual([2, 2, 2]);
    expect([...other.members]).toEqual([mina, jun]);
    other.publish(...gone("to all"));
    early.publish(...gone("but jun"), { except: jun });
    early.leave(mina);
    rooms.of("a").publish(...gone("without mina"));
    expect(heard(mina)).toEqual(["to all", "but jun"]);
    expect(heard(jun)).toEqual(["to all", "without mina"]);
    other.leave(jun);
    expect([early.size, rooms.of("a").size]).toEqual([0, 0]);
    rooms.of("a").join(jun);
    expect(early.has(jun)).toBeTrue();
    expect(port.groupsCreated).toBe(2);
  });

  test("is joined and left once, and not by a peer that is gone", () => {
    const { port, rooms, peer, end, heard } = setUp();
    const room = rooms.of("a");
    const [mina, jun, late] = [peer(), peer(), peer()];
    room.join(mina);
    room.join(mina);
    room.leave(jun);
    end(late);
    room.join(late);
    room.publish(...gone("once"));
    expect(heard(mina)).toEqual(["once"]);
    end(mina);
    expect([mina.rooms.size, room.size]).toEqual([0, 0]);
    room.leave(mina);
    room.publish(...gone("to an empty room"));
    expect([heard(jun), heard(late), port.groupsCreated]).toEqual([[], [], 1]);
  });

  test("takes peers that a handler was given, and nothing else", () => {
    expect(() => setUp().rooms.of("a").join({ id: 1 })).toThrow("a peer is one that");
  });
});

describe("a peer", () => {
  test("is told of a type that its fields can't change", () => {
    const { port, peer } = setUp();
    const mina = peer();
    mina.send("gone", { type: "shut", board: "a", name: "x" });
    port.flush();
    expect(port.lineOf(mina.session).received).toEqual([{ type: "gone", board: "a", name: "x" }]);
  });

  test("aborts what was begun for it when it goes, and what is begun after that at once", () => {
    const { peer, end } = setUp();
    const [mina, jun] = [peer(), peer()];
    const { signal } = mina;
    expect(signal.aborted).toBeFalse();
    end(mina);
    end(jun);
    expect([signal.aborted, mina.signal.aborted, jun.signal.aborted]).toEqual([true, true, true]);
  });
});
