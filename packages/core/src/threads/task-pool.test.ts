import { afterEach, describe, expect, test } from "bun:test";
import { LogWatch, processTestMs, withDeadline } from "@maru/testkit";
import { Gate } from "../../test/tasks/gate.ts";
import type { TestData, TestTask } from "../../test/tasks/task-worker.ts";
import { TaskBusy, TaskFailed } from "./task-errors.ts";
import { startTaskPool, type TaskPool } from "./task-pool.ts";

const testModule = (path: string) => new URL(`../../test/${path}`, import.meta.url);

let stopLast: () => Promise<void> = async () => {};
afterEach(() => stopLast());

interface Given {
  readonly threads?: number;
  readonly queueMax?: number;
  readonly ownerMax?: number;
  readonly lanes?: number;
  readonly startsToFail?: number;
  readonly module?: URL;
  readonly stopMs?: number;
}

function start({ threads = 1, queueMax = 100, startsToFail = 0, ...rest }: Given = {}) {
  const memory = new Int32Array(new SharedArrayBuffer(8));
  memory[0] = startsToFail;
  const logged = new LogWatch();
  const pool = startTaskPool<TestTask, unknown, TestData>({
    module: testModule("tasks/task-worker.ts"),
    name: "test",
    threads,
    queueMax,
    data: { memory: memory.buffer as SharedArrayBuffer },
    log: logged.log,
    ...rest,
  });
  stopLast = () => pool.stop();
  return { pool, logged, closes: () => memory[1], startsToFail: () => memory[0] };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const echo = (value: unknown): TestTask => ({ kind: "echo", value });

/** What the promise was rejected with; handled from the start, so that it may be rejected early. */
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (answer) => new Error(`it was answered with ${answer}`),
    (error: unknown) => error,
  );

/** A task that has begun and blocks its thread until `open`. */
async function hold(pool: TaskPool<TestTask, unknown>) {
  const gate = new Gate();
  const answer = pool.run({ kind: "hold", gate: gate.memory });
  // Some tests never open the gate.
  answer.catch(() => {});
  await withDeadline(gate.held(), 10_000, () => "the task did not begin");
  return { answer, open: () => gate.open() };
}

describe("answers", () => {
  test("come to their callers, as structured clones", async () => {
    const { pool } = start({ threads: 2 });
    const values = upTo(50).map((n) => ({ n, bytes: new Uint8Array([n]), at: new Date(n) }));
    const answers = await Promise.all(values.map((value) => pool.run(echo(value))));
    expect(answers).toEqual(values);
  });

  test("may take turns of the loop, and the thread still runs one task at a time", async () => {
    const { pool } = start();
    const order: unknown[] = [];
    const note = (answer: unknown) => order.push(answer);
    await Promise.all([pool.run({ kind: "defer" }).then(note), pool.run(echo("soon")).then(note)]);
    expect(order).toEqual(["late", "soon"]);
  });

  test("of one thread come in the order of the calls", async () => {
    const { pool } = start();
    const answers = upTo(20).map(() => pool.run({ kind: "count" }));
    expect(await Promise.all(answers)).toEqual(upTo(20));
  });

  test("are made by all threads at once", async () => {
    const { pool } = start({ threads: 2 });
    const held = [await hold(pool), await hold(pool)];
    expect(pool.counts).toEqual({ waiting: 0, running: 2 });
    for (const { open } of held) open();
    const indexes = await Promise.all(held.map(({ answer }) => answer));
    expect(indexes.sort()).toEqual([0, 1]);
    expect(pool.counts).toEqual({ waiting: 0, running: 0 });
  });

  test("do not wait for a task that holds another thread", async () => {
    const { pool } = start({ threads: 2 });
    const { answer, open } = await hold(pool);
    expect(await Promise.all(upTo(5).map((n) => pool.run(echo(n))))).toEqual(upTo(5));
    open();
    await answer;
  });
});

describe("the queue", () => {
  test("takes as many tasks as may wait, not one more, and then again", async () => {
    const { pool } = start({ queueMax: 3 });
    for (const round of ["first", "second"]) {
      const { answer, open } = await hold(pool);
      const waiting = upTo(3).map((n) => pool.run(echo(`${round} ${n}`)));
      expect(pool.counts).toEqual({ waiting: 3, running: 1 });
      expect(await failureOf(pool.run(echo("too many")))).toBeInstanceOf(TaskBusy);
      open();
      await answer;
      expect(await Promise.all(waiting)).toEqual(upTo(3).map((n) => `${round} ${n}`));
    }
  });

  test("takes tasks before any thread is ready, up to the same bound", async () => {
    const { pool } = start({ queueMax: 2 });
    const waiting = [pool.run(echo(1)), pool.run(echo(2))];
    expect(pool.counts).toEqual({ waiting: 2, running: 0 });
    expect(await failureOf(pool.run(echo(3)))).toBeInstanceOf(TaskBusy);
    expect(await Promise.all(waiting)).toEqual([1, 2]);
  });

  test("goes by lanes, in a lane by owners in turn, and lets who has most give way", async () => {
    const { pool } = start({ queueMax: 5, ownerMax: 3, lanes: 2 });
    const { answer, open } = await hold(pool);
    const order: string[] = [];
    const run = (name: string, lane: number, owner: number) =>
      pool.run(echo(name), { lane, owner }).then(() => void order.push(name));
    const waiting = [run("late", 1, 1), run("a1", 0, 1), run("a2", 0, 1), run("b1", 0, 2)];
    expect(await failureOf(run("a3", 0, 1))).toBeInstanceOf(TaskBusy);
    waiting.push(run("b2", 0, 2));
    const [gaveWay] = waiting.splice(0, 1);
    const refused = failureOf(gaveWay as Promise<void>);
    waiting.push(run("c1", 0, 3));
    expect(await refused).toBeInstanceOf(TaskBusy);
    open();
    await Promise.all([answer, ...waiting]);
    expect(order).toEqual(["a1", "b1", "c1", "a2", "b2"]);
  });

  test("and the threads have a least size", () => {
    expect(() => start({ queueMax: 0 })).toThrow("lets at least one wait");
    expect(() => start({ threads: 0 })).toThrow("at least one thread");
  });
});

describe("a task that fails", () => {
  const failing = async (task: TestTask) => {
    const { pool, logged } = start();
    const failure = failureOf(pool.run(task));
    const after = pool.run({ kind: "count" });
    return { failure: await failure, ran: await after, events: logged.events };
  };

  test("fails alone: its thread lives on, with what it holds", async () => {
    const { failure, ran, events } = await failing({ kind: "throw" });
    expect(failure).toBeInstanceOf(TaskFailed);
    expect(failure).toMatchObject({ message: "the task gave way", code: "threw", exitCode: null });
    expect(ran).toBe(1);
    expect(events).toEqual([]);
  });

  test("may have an answer that can't be cloned", async () => {
    const { failure, ran, events } = await failing({ kind: "answer-with-function" });
    expect(failure).toBeInstanceOf(TaskFailed);
    expect(ran).toBe(1);
    expect(events).toEqual([]);
  });

  test("may be one that can't be cloned; it never reaches the thread", async () => {
    const { failure, ran, events } = await failing(echo(() => {}));
    expect(failure).toMatchObject({ name: "TaskFailed", code: "not_cloned" });
    expect(ran).toBe(0);
    expect(events).toEqual([]);
  });
});

describe("a thread that dies", () => {
  for (const [kind, cause, exitCode] of [
    ["exit", "it exited with code 3", 3],
    ["throw-later", "the thread gave way", null],
    ["reject-later", "a promise gave way", null],
  ] as const) {
    test(`by ${kind} fails its own task alone, and another takes its place`, async () => {
      const { pool, logged } = start();
      const failure = failureOf(pool.run({ kind }));
      const waiting = upTo(3).map(() => pool.run({ kind: "count" }));
      expect(await failure).toBeInstanceOf(TaskFailed);
      const why = { message: `thread lost: ${cause}`, code: "thread_lost", exitCode };
      expect(await failure).toMatchObject(why);
      expect(await Promise.all(waiting)).toEqual([0, 1, 2]);
      const fields = { pool: "test", thread: 0 };
      expect(logged.events).toEqual([
        { level: "error", event: "task-thread.lost", fields: { ...fields, cause } },
        { level: "info", event: "task-thread.respawned", fields },
      ]);
    });
  }

  test("leaves the others' tasks alone", async () => {
    const { pool, logged } = start({ threads: 2 });
    const { answer, open } = await hold(pool);
    const exits = upTo(3).map(() => failureOf(pool.run({ kind: "exit" })));
    for (const failure of await Promise.all(exits)) expect(failure).toBeInstanceOf(TaskFailed);
    await logged.until("task-thread.respawned", 3);
    open();
    expect([0, 1]).toContain((await answer) as number);
    expect(await pool.run(echo("still here"))).toBe("still here");
  });

  test("at its start is replaced until one lives, and what waits is done then", async () => {
    const { pool, logged, startsToFail } = start({ startsToFail: 2 });
    expect(await pool.run({ kind: "count" })).toBe(0);
    expect(startsToFail()).toBe(0);
    const causes = logged.ofEvent("task-thread.lost").map(({ fields }) => fields.cause);
    expect(causes).toEqual(["the thread would not start", "the thread would not start"]);
  });

  test.each([
    ["floor/throws-at-once.ts", "the module gave way"],
    ["floor/runs-no-shard.ts", "the task module ended without runTasks"],
    ["tasks/nowhere.ts", "nowhere"],
  ])("for ever (%s) is told in the log, and what waits fails at the stop", async (path, cause) => {
    const { pool, logged } = start({ module: testModule(path) });
    const failure = failureOf(pool.run(echo(1)));
    const [, again] = await logged.until("task-thread.lost", 2);
    expect(again?.fields.cause).toContain(cause);
    await pool.stop();
    expect(await failure).toHaveProperty("message", "the task pool has stopped");
  });
});

describe("ready", () => {
  test("resolves when every thread runs", async () => {
    const { pool } = start({ threads: 2 });
    await pool.ready;
    const held = [await hold(pool), await hold(pool)];
    expect(pool.counts).toEqual({ waiting: 0, running: 2 });
    for (const { open } of held) open();
    await pool.ready;
  });

  test("rejects with why a thread could not start, which is tried again nevertheless", async () => {
    const { pool } = start({ threads: 2, startsToFail: 1 });
    const why = { code: "thread_lost", message: "thread lost: the thread would not start" };
    expect(await failureOf(pool.ready)).toMatchObject(why);
    expect(await pool.run(echo("here"))).toBe("here");
  });

  test("rejects when the module can't be had, and when the pool was stopped", async () => {
    const { pool } = start({ module: testModule("tasks/nowhere.ts") });
    expect(await failureOf(pool.ready)).toBeInstanceOf(TaskFailed);
    await pool.stop();
    const stopped = start({ stopMs: 0 }).pool;
    await stopped.stop();
    expect(await failureOf(stopped.ready)).toBeInstanceOf(TaskFailed);
  });
});

describe("a signal", () => {
  const reason = new Error("wanted no more");

  test("that has aborted begins nothing", async () => {
    const { pool } = start();
    const signal = AbortSignal.abort(reason);
    expect(await failureOf(pool.run({ kind: "count" }, { signal }))).toBe(reason);
    expect(await pool.run({ kind: "count" })).toBe(0);
  });

  test("takes a task that waits out of the queue, whose place is another's", async () => {
    const { pool } = start({ queueMax: 2 });
    const { answer, open } = await hold(pool);
    const abort = new AbortController();
    const failure = failureOf(pool.run({ kind: "count" }, { signal: abort.signal, owner: 7 }));
    const counts = [pool.run({ kind: "count" })];
    abort.abort(reason);
    expect(await failure).toBe(reason);
    expect(pool.counts).toEqual({ waiting: 1, running: 1 });
    counts.push(pool.run({ kind: "count" }));
    open();
    await answer;
    expect(await Promise.all(counts)).toEqual([1, 2]);
  });

  test("tells a task that runs, whose thread is free when it ends", async () => {
    const { pool, logged } = start();
    const abort = new AbortController();
    const memory = new SharedArrayBuffer(4);
    const { signal } = abort;
    const failure = failureOf(pool.run({ kind: "until-aborted", gate: memory }, { signal }));
    await withDeadline(new Gate(memory).held(), 10_000, () => "the task did not begin");
    abort.abort(reason);
    expect(await failure).toBe(reason);
    expect(await pool.run({ kind: "count" })).toBe(1);
    expect(logged.events).toEqual([]);
  });

  test("rejects at once while a task holds its thread, which goes on when that ends", async () => {
    const { pool } = start();
    const gate = new Gate();
    const abort = new AbortController();
    const { signal } = abort;
    const failure = failureOf(pool.run({ kind: "hold", gate: gate.memory }, { signal }));
    await withDeadline(gate.held(), 10_000, () => "the task did not begin");
    abort.abort(reason);
    expect(await failure).toBe(reason);
    expect(pool.counts).toEqual({ waiting: 0, running: 1 });
    // The abort of the task before does not reach this one.
    const next = pool.run({ kind: "is-aborted" });
    gate.open();
    expect(await next).toBe(false);
  });

  test("that aborts after the answer changes nothing, and keeps nothing of the task", async () => {
    const { pool } = start();
    const listened = { added: 0, removed: 0 };
    const { signal } = new AbortController();
    const counting: AbortSignal = Object.assign(Object.create(signal), {
      addEventListener() {
        listened.added += 1;
      },
      removeEventListener() {
        listened.removed += 1;
      },
    });
    Object.defineProperty(counting, "aborted", { value: false });
    expect(await pool.run(echo(1), { signal: counting })).toBe(1);
    expect(listened).toEqual({ added: 1, removed: 1 });
  });
});

describe("a time limit", () => {
  test("ends the thread of a task that outlasts it, and another takes its place", async () => {
    const { pool, logged } = start();
    await pool.ready;
    const failure = failureOf(pool.run({ kind: "spin" }, { timeoutMs: 20 }));
    const waiting = pool.run({ kind: "count" });
    const message = "the task took longer than 20 ms";
    expect(await failure).toMatchObject({ name: "TaskFailed", code: "timed_out", message });
    expect(await waiting).toBe(0);
    expect(logged.ofEvent("task-thread.lost").map(({ fields }) => fields.cause)).toEqual([message]);
  });

  test("counts from a task's beginning: what waits is not late", async () => {
    const { pool, logged } = start();
    const { answer, open } = await hold(pool);
    const waiting = pool.run(echo("in time"), { timeoutMs: 60_000 });
    open();
    await answer;
    expect(await waiting).toBe("in time");
    expect(logged.events).toEqual([]);
  });

  test("is more than 0 ms", async () => {
    const { pool } = start();
    for (const timeoutMs of [0, -1, Number.NaN]) {
      expect(() => pool.run(echo(1), { timeoutMs })).toThrow("more than 0 ms");
    }
  });
});

describe("a pool that stops", () => {
  test("lets the running tasks finish, and fails what waits and what comes later", async () => {
    const { pool, closes } = start({ threads: 2 });
    const held = [await hold(pool), await hold(pool)];
    const waiting = upTo(3).map((n) => failureOf(pool.run(echo(n))));
    const stopped = pool.stop();
    for (const failure of await Promise.all([...waiting, failureOf(pool.run(echo("late")))])) {
      expect(failure).toBeInstanceOf(TaskFailed);
      expect(failure).toMatchObject({ message: "the task pool has stopped", code: "stopped" });
    }
    expect(pool.counts).toEqual({ waiting: 0, running: 2 });
    expect(closes()).toBe(0);
    for (const { open } of held) open();
    expect((await Promise.all(held.map(({ answer }) => answer))).sort()).toEqual([0, 1]);
    await stopped;
    expect(closes()).toBe(2);
  });

  test("waits for a task that takes turns of the loop before it closes the thread", async () => {
    const { pool, logged, closes } = start();
    await pool.run(echo("ready"));
    const answer = pool.run({ kind: "defer" });
    await pool.stop();
    expect(await answer).toBe("late");
    expect(closes()).toBe(1);
    expect(logged.events).toEqual([]);
  });

  test("closes threads that have not even started, and stops only once", async () => {
    const { pool, logged, closes } = start({ threads: 2, stopMs: processTestMs });
    await Promise.all([pool.stop(), pool.stop()]);
    await pool.stop();
    expect(closes()).toBe(2);
    expect(logged.events).toEqual([]);
  });

  test("ends threads that do not come to start, without a word of it", async () => {
    const { pool, logged, closes } = start({ threads: 2, stopMs: 0 });
    await pool.stop();
    expect(closes()).toBe(0);
    expect(logged.events).toEqual([]);
  });

  test("kills a thread whose task outlasts the deadline, and fails that task", async () => {
    const { pool, logged, closes } = start({ stopMs: 50 });
    const { answer } = await hold(pool);
    await pool.stop();
    expect(await failureOf(answer)).toMatchObject({ code: "thread_lost", exitCode: null });
    expect(logged.ofEvent("task-thread.lost").map(({ fields }) => fields.cause)).toEqual([
      "it had not ended 50 ms after it was asked to",
    ]);
    expect(closes()).toBe(0);
  });

  test("does not replace a thread that dies meanwhile", async () => {
    const { pool, logged } = start({ threads: 2 });
    await pool.run(echo("ready"));
    const failure = failureOf(pool.run({ kind: "exit" }));
    await pool.stop();
    expect(await failure).toHaveProperty("message", "thread lost: it exited with code 3");
    expect(logged.ofEvent("task-thread.respawned")).toEqual([]);
  });

  test(
    "keeps nothing that would keep the process",
    async () => {
      const program = testModule("tasks/pool-process.ts").pathname;
      // Nor does the time limit of a task that is done.
      const child = Bun.spawn([process.execPath, program], { stdout: "pipe", stderr: "inherit" });
      expect(await withDeadline(child.exited, processTestMs, () => "it lives on")).toBe(0);
      expect(await child.stdout.text()).toBe("done\n");
    },
    processTestMs,
  );
});
