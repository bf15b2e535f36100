import { describe, expect, test } from "bun:test";
import type { WireMessage } from "@maru/protocol";
import { defaultLimits } from "../../src/base/limits.ts";
import { silentLog } from "../../src/base/log.ts";
import { PeerRecord } from "../../src/serve/peer-record.ts";
import { Rooms } from "../../src/serve/room-record.ts";
import type { ServicePort } from "../../src/service/port.ts";
import { GroupRecord, SessionRecord } from "../../src/service/session.ts";

/** A port that writes down what it is told to do. */
function recordingPort() {
  const told: string[] = [];
  let groups = 0;
  const idOf = (session: object) => (session as SessionRecord).id;
  const groupOf = (group: object) => (group as GroupRecord).id;
  const port: ServicePort<WireMessage> = {
    limits: defaultLimits,
    log: silentLog,
    accept: () => {},
    reply: () => {},
    close: () => {},
    send: (session, message) => told.push(`send ${idOf(session)} ${JSON.stringify(message)}`),
    publish: (group, message, options) =>
      told.push(
        `publish ${groupOf(group)} ${message.type}${options?.except ? ` but ${idOf(options.except)}` : ""}`,
      ),
    createGroup: () => {
      groups += 1;
      return new GroupRecord(groups, 1);
    },
    join: (group, session) => told.push(`join ${groupOf(group)} ${idOf(session)}`),
    leave: (group, session) => told.push(`leave ${groupOf(group)} ${idOf(session)}`),
  };
  const peer = (id: number) => new PeerRecord(new SessionRecord(id, "127.0.0.1", 0, id), port);
  return { told, port, peer };
}

describe("a room", () => {
  test("is one of its name while it has members, by whatever handle it is asked", () => {
    const { told, port, peer } = recordingPort();
    const rooms = new Rooms(port);
    const [early, other] = [rooms.of("a"), rooms.of("a")];
    const [mina, jun] = [peer(1), peer(2)];
    early.join(mina);
    other.join(jun);
    expect([early.size, other.size, rooms.of("a").size]).toEqual([2, 2, 2]);
    expect([...other.members]).toEqual([mina, jun]);
    other.publish("said", {}, { except: jun });
    early.leave(mina);
    other.leave(jun);
    expect([early.size, rooms.of("a").size]).toEqual([0, 0]);
    rooms.of("a").join(jun);
    expect(early.has(jun)).toBeTrue();
    expect(told).toEqual([
      "join 1 1",
      "join 1 2",
      "publish 1 said but 2",
      "leave 1 1",
      "leave 1 2",
      "join 2 2",
    ]);
  });

  test("is joined and left once, and not by a peer that is gone", () => {
    const { told, port, peer } = recordingPort();
    const room = new Rooms(port).of("a");
    const [mina, gone] = [peer(1), peer(2)];
    room.join(mina);
    room.join(mina);
    room.leave(gone);
    gone.end();
    room.join(gone);
    mina.end();
    expect([mina.rooms.size, room.size]).toEqual([0, 0]);
    room.leave(mina);
    room.publish("said", {});
    expect(told).toEqual(["join 1 1"]);
  });

  test("takes peers that a handler was given, and nothing else", () => {
    const { port } = recordingPort();
    expect(() => new Rooms(port).of("a").join({ id: 1 })).toThrow("a peer is one that");
  });
});

describe("a peer", () => {
  test("is told of a type that its fields can't change", () => {
    const { told, peer } = recordingPort();
    peer(1).send("said", { type: "other", text: "x" });
    expect(told).toEqual(['send 1 {"type":"said","text":"x"}']);
  });

  test("aborts what was begun for it when it goes, and what is begun after that at once", () => {
    const { peer } = recordingPort();
    const [mina, jun] = [peer(1), peer(2)];
    const { signal } = mina;
    expect(signal.aborted).toBeFalse();
    mina.end();
    jun.end();
    expect([signal.aborted, mina.signal.aborted, jun.signal.aborted]).toEqual([true, true, true]);
  });
});
