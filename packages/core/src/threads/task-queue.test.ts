import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { passesMax, TaskQueue } from "./task-queue.ts";

const queueOf = (given: Partial<ConstructorParameters<typeof TaskQueue>[0]> = {}) =>
  new TaskQueue<string>({ queueMax: 100, ownerMax: 100, lanes: 3, ...given });

/** Tasks are called by their turn, and a number. */
function fill(queue: TaskQueue<string>, lane: number, owner: number, count: number): string[] {
  const names = Array.from({ length: count }, (_, index) => `${lane}/${owner}/${index}`);
  for (const name of names) expect(queue.push(name, { lane, owner })).toBeNull();
  return names;
}

const taken = (queue: TaskQueue<string>, count: number) =>
  Array.from({ length: count }, () => queue.take());

describe("in a lane", () => {
  test("the owners have their turns one after the other, however much one of them wants", () => {
    const queue = queueOf();
    fill(queue, 0, 1, 3);
    fill(queue, 0, 2, 1);
    fill(queue, 0, 3, 2);
    expect(queue.takeAll()).toEqual(["0/1/0", "0/2/0", "0/3/0", "0/1/1", "0/3/1", "0/1/2"]);
    expect([queue.length, queue.take()]).toEqual([0, undefined]);
  });

  test("who comes late waits for one task of each of the others", () => {
    const queue = queueOf();
    for (let owner = 1; owner <= 5; owner += 1) fill(queue, 0, owner, 10);
    fill(queue, 0, 9, 1);
    expect(taken(queue, 6).at(-1)).toBe("0/9/0");
  });
});

describe("a task that is taken out", () => {
  test("leaves the turns of all others as they were", () => {
    const queue = queueOf();
    const [, middle] = fill(queue, 0, 1, 3);
    fill(queue, 0, 2, 1);
    expect(queue.remove(middle as string, { lane: 0, owner: 1 })).toBe(true);
    queue.check();
    expect(queue.takeAll()).toEqual(["0/1/0", "0/2/0", "0/1/2"]);
  });

  test("may be its owner's last, and its lane's, and makes room", () => {
    const queue = queueOf({ queueMax: 1 });
    const [only] = fill(queue, 2, 1, 1);
    expect(queue.remove(only as string, { lane: 2, owner: 1 })).toBe(true);
    queue.check();
    expect([queue.length, queue.take()]).toEqual([0, undefined]);
    fill(queue, 0, 5, 1);
    queue.check();
  });

  test("is one that waits under this turn", () => {
    const queue = queueOf();
    const [first] = fill(queue, 0, 1, 1);
    for (const turn of [
      { lane: 0, owner: 2 },
      { lane: 1, owner: 1 },
      { lane: 9, owner: 1 },
    ]) {
      expect(queue.remove(first as string, turn)).toBe(false);
    }
    queue.take();
    expect(queue.remove(first as string, { lane: 0, owner: 1 })).toBe(false);
    queue.check();
  });
});

describe("between lanes", () => {
  test("the lower one goes first, but an eighth is the others'", () => {
    const queue = queueOf();
    const rounds = 5;
    fill(queue, 0, 1, 60);
    fill(queue, 2, 2, rounds);
    const order = taken(queue, rounds * (passesMax + 1));
    const late = order.flatMap((task, place) => (task?.startsWith("2") ? [place] : []));
    expect(late).toEqual(Array.from({ length: rounds }, (_, n) => (n + 1) * (passesMax + 1) - 1));
  });

  test("a lane that was empty has no claim from before", () => {
    const queue = queueOf();
    fill(queue, 0, 1, 60);
    fill(queue, 1, 2, 1);
    taken(queue, passesMax + 1);
    fill(queue, 1, 2, 1);
    expect(taken(queue, passesMax).every((task) => task?.startsWith("0"))).toBe(true);
    expect(queue.take()).toStartWith("1");
  });
});

describe("where there is no place", () => {
  test("an owner's own bound refuses its next task, and no other's", () => {
    const queue = queueOf({ ownerMax: 2 });
    fill(queue, 0, 1, 1);
    fill(queue, 1, 1, 1);
    expect(queue.push("third", { lane: 0, owner: 1 })).toBe("third");
    expect(queue.push("other", { lane: 0, owner: 2 })).toBeNull();
    expect(queue.length).toBe(3);
  });

  test("the newest of the owner that has most gives way, from its last lane", () => {
    const queue = queueOf({ queueMax: 5 });
    fill(queue, 0, 1, 2);
    fill(queue, 1, 1, 2);
    fill(queue, 0, 2, 1);
    expect(queue.push("new", { lane: 2, owner: 3 })).toBe("1/1/1");
    expect(queue.push("own", { lane: 0, owner: 1 })).toBe("own");
    expect(queue.length).toBe(5);
  });

  test("who has as many as the others is refused, unless its task is of a lower lane", () => {
    const queue = queueOf({ queueMax: 2 });
    fill(queue, 1, 1, 1);
    fill(queue, 2, 2, 1);
    expect(queue.push("late", { lane: 2, owner: 3 })).toBe("late");
    expect(queue.push("page", { lane: 0, owner: 3 })).toBe("2/2/0");
    expect(queue.push("page", { lane: 0, owner: 4 })).toBe("1/1/0");
    expect(queue.push("late", { lane: 0, owner: 5 })).toBe("late");
  });

  test("bounds have a least size, and a lane must be there", () => {
    for (const none of [{ queueMax: 0 }, { ownerMax: 0 }, { lanes: 0 }, { lanes: 1.5 }]) {
      expect(() => queueOf(none)).toThrow();
    }
    expect(() => queueOf().push("", { lane: 3, owner: 1 })).toThrow("one of the pool's lanes");
  });
});

test("keeps its bounds and the order of each owner, and loses nothing, whatever comes", () => {
  const turn = fc.record({ lane: fc.nat(2), owner: fc.nat(4) });
  const step = fc.option(turn, { freq: 2 });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = new TaskQueue<{ n: number; lane: number; owner: number }>({
        queueMax: 8,
        ownerMax: 4,
        lanes: 3,
      });
      const ended: number[] = [];
      const lastOf = new Map<string, number>();
      const take = () => {
        const task = queue.take();
        if (task === undefined) return false;
        const key = `${task.lane}/${task.owner}`;
        expect(task.n).toBeGreaterThan(lastOf.get(key) ?? -1);
        lastOf.set(key, task.n);
        ended.push(task.n);
        return true;
      };
      let pushed = 0;
      for (const given of steps) {
        if (given === null) take();
        else {
          const refused = queue.push({ n: pushed, ...given }, given);
          if (refused !== null) ended.push(refused.n);
          pushed += 1;
        }
        expect(queue.length).toBeLessThanOrEqual(8);
        queue.check();
      }
      while (take());
      expect(ended.sort((one, other) => one - other)).toEqual(
        Array.from({ length: pushed }, (_, n) => n),
      );
    }),
  );
});
