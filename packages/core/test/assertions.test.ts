import { describe, expect, test } from "bun:test";
import { encodeFrame, lengthPrefixed } from "@maru/protocol";
import { ScriptedSocket, takesEach } from "@maru/testkit";
import { FirstBytes } from "../src/connection/first-bytes.ts";
import { OutboundQueue } from "../src/connection/outbound-queue.ts";
import { Arena } from "../src/link/arena.ts";
import { Uplink, type UplinkBatch } from "../src/link/uplink.ts";
import { GroupRecord, groupRecord, SessionRecord, sessionRecord } from "../src/service/session.ts";
import { Membership } from "../src/shard/membership.ts";
import { TaskQueue } from "../src/threads/task-queue.ts";
import { scriptedConnection } from "./scripted-connection.ts";

// Each assertion of an invariant, shown to fail: by breaking the field that it guards, or by a part
// that lies to the one that trusts it.

/** With a builtin that is broken for as long as `use` runs. */
function replaced<T extends object>(of: T, name: keyof T, broken: unknown, use: () => void): void {
  const sound = of[name];
  of[name] = broken as T[keyof T];
  try {
    use();
  } finally {
    of[name] = sound;
  }
}

const frame = encodeFrame("x".repeat(20));

describe("the outbound queue asserts", () => {
  test("that a boundary is behind what was sent and before the end", () => {
    for (const lie of [0, 1_000]) {
      const queue = new OutboundQueue({ ...lengthPrefixed, nextBoundary: () => lie });
      expect(() => queue.keepRest(frame, 5)).toThrow("head ≤ boundary ≤ tail");
      const other = new OutboundQueue({ ...lengthPrefixed, nextBoundary: () => lie });
      other.append(frame);
      expect(() => other.flush(new ScriptedSocket({ takes: takesEach(5) }))).toThrow("boundary");
    }
  });

  test("that a socket takes no more than it was offered", () => {
    const queue = new OutboundQueue(lengthPrefixed);
    queue.append(frame);
    const socket = Object.assign(new ScriptedSocket(), { write: () => frame.length + 1 });
    expect(() => queue.flush(socket)).toThrow("outbound queue");
  });

  test("that a rest is kept in an empty queue", () => {
    const queue = new OutboundQueue(lengthPrefixed);
    queue.append(frame);
    expect(() => queue.keepRest(frame, 5)).toThrow("in an empty queue");
  });
});

describe("a connection asserts", () => {
  test("that its framing is chosen once, and before anything was said in another", () => {
    const plain = scriptedConnection();
    expect(() => plain.connection.choose(lengthPrefixed)).toThrow(
      "a framing is chosen first of all",
    );
    const firstBytes = new FirstBytes(100);
    const { connection } = scriptedConnection({ firstBytes });
    connection.queue.append(frame);
    expect(() => connection.choose(lengthPrefixed)).toThrow("a framing is chosen first of all");
  });
});

describe("the arena asserts", () => {
  test("that what is written stays in its chunk", () => {
    const arena = new Arena(64, 1_000);
    expect(() => arena.reserve(65, 1)).toThrow("fits in its chunk");
    arena.offset = -1;
    expect(() => arena.reserve(10, 1)).toThrow("fits in its chunk");
  });

  test("that batches come in order", () => {
    const arena = new Arena(64, 1_000);
    arena.reserve(10, 2);
    expect(() => arena.reserve(10, 1)).toThrow("in their order");
  });

  test("that a chunk is in one place", () => {
    const arena = new Arena(64, 1_000);
    arena.reserve(60, 1);
    arena.offset = 60;
    arena.reserve(60, 2);
    arena.offset = 60;
    arena.reserve(60, 3);
    const { shift } = Array.prototype;
    // A list that loses what it gives back.
    const shiftTwo = function (this: unknown[]) {
      shift.call(this);
      return shift.call(this);
    };
    replaced(Array.prototype, "shift", shiftTwo, () => {
      expect(() => arena.reclaim(1)).toThrow("free, retired or the current one");
    });
  });
});

describe("the uplink asserts", () => {
  test("that no more credit comes back than was spent", () => {
    const batches: UplinkBatch[] = [];
    const uplink = new Uplink(1_000, false, (batch) => batches.push(batch));
    uplink.message(1, {}, "{}", 2);
    expect(() => uplink.returnCredit(1)).toThrow("than was spent");
    const other = new Uplink(1_000, false, (batch) => batches.push(batch));
    other.message(1, {}, "{}", 2);
    other.flush();
    expect(() => other.returnCredit((batches[0]?.bytes ?? 0) + 1)).toThrow("than was spent");
  });

  test("that only what was delivered is answered", () => {
    expect(() => new Uplink(1_000, false, () => {}).answered()).toThrow("is answered");
  });
});

describe("the group table asserts", () => {
  const two = () => {
    const table = new Membership();
    const connections = [1, 2].map((id) => scriptedConnection({ id }).connection);
    for (const connection of connections) table.join(9, connection);
    return { table, connections };
  };

  test("that a member stands at its place", () => {
    const { table, connections } = two();
    const [first] = connections[0]?.memberships ?? [];
    if (first === undefined) throw new Error("it has joined");
    first.index = 1;
    expect(() => table.check(connections)).toThrow("at its place");
    expect(() => table.leaveAll(connections[0] as (typeof connections)[number])).toThrow("place");
  });

  test("that each member has a place, and a group no others", () => {
    const { table, connections } = two();
    const members = table.members(9) as (typeof connections)[number][];
    members.reverse();
    expect(() => table.check(connections)).toThrow("its connection's own");
    members.reverse();
    expect(() => table.check(connections.slice(1))).toThrow("don't know of it");
    members.push(scriptedConnection({ id: 3 }).connection);
    expect(() => table.join(9, scriptedConnection({ id: 4 }).connection)).toThrow("has a place");
    const [first] = connections as [(typeof connections)[number]];
    expect(() => table.leave(9, first)).toThrow("has a place");
  });

  test("that no group is empty", () => {
    const { table, connections } = two();
    (table.members(9) as unknown[]).length = 0;
    for (const connection of connections) connection.memberships = [];
    expect(() => table.check(connections)).toThrow("is kept that is empty");
  });
});

describe("the task queue asserts", () => {
  const filled = () => {
    const options = { queueMax: 4, ownerMax: 4, lanes: 1 };
    const queue = new TaskQueue<string>(options);
    for (const task of ["a", "b"]) queue.push(task, { lane: 0, owner: 1 });
    return { options, queue };
  };

  test("its bounds", () => {
    const { options, queue } = filled();
    options.queueMax = Number.NaN;
    expect(() => queue.push("c", { lane: 0, owner: 2 })).toThrow("at most queueMax");
    const other = filled();
    other.options.ownerMax = Number.NaN;
    expect(() => other.queue.push("c", { lane: 0, owner: 1 })).toThrow("at most ownerMax");
  });

  test("that no lane starves", () => {
    const queue = new TaskQueue<number>({ queueMax: 100, ownerMax: 100, lanes: 2 });
    queue.push(0, { lane: 1, owner: 1 });
    for (let task = 1; task < 50; task += 1) queue.push(task, { lane: 0, owner: 1 });
    // Nothing is known any more of who was passed over.
    const blind = function (this: unknown[]) {
      return typeof this[0] === "number" ? [].values() : entries.call(this);
    };
    const { entries } = Array.prototype;
    replaced(Array.prototype, "entries", blind, () => {
      expect(() => queue.takeAll()).toThrow("a lane starves");
    });
  });

  test("when asked, that it counts what it holds", () => {
    const losing = filled();
    const { shift } = Array.prototype;
    const shiftTwo = function (this: unknown[]) {
      shift.call(this);
      return shift.call(this);
    };
    for (const task of ["c", "d"]) losing.queue.push(task, { lane: 0, owner: 1 });
    replaced(Array.prototype, "shift", shiftTwo, () => losing.queue.take());
    expect(() => losing.queue.check()).toThrow("count its tasks");
    const keeping = filled();
    replaced(
      Map.prototype,
      "delete",
      () => false,
      () => {
        keeping.queue.takeAll();
      },
    );
    expect(() => keeping.queue.check()).toThrow("has a task there");
  });
});

describe("a handle", () => {
  test("is one of the engine's own", () => {
    const session = { ...new SessionRecord(1, "::1", 0, 1) };
    expect(() => sessionRecord(session)).toThrow("that the service was given");
    expect(() => groupRecord({ size: 0 })).toThrow("createGroup has made");
    expect(groupRecord(new GroupRecord(1, 1)).size).toBe(0);
  });
});
