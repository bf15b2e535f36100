import { describe, expect, test } from "bun:test";
import { type CheckOptions, checkPromises } from "./check-promises.ts";
import {
  type LoggedEntry,
  messageKey,
  type ObserverStep,
  type PublisherRecord,
  type RunRecord,
} from "./run-record.ts";
import { describeViolations, violationCodes } from "./violation.ts";

const room = "lobby";
const epoch = "e1";

let now = 0;
const asked = (key: string): PublisherRecord => ({ kind: "asked", at: ++now, room, key });
const acked = (key: string, seq: number, more: object = {}): PublisherRecord => ({
  kind: "acknowledged",
  at: ++now,
  room,
  key,
  seq,
  ...more,
});
const joined = (head: number, more: object = {}): ObserverStep => ({
  kind: "joined",
  epoch,
  head,
  ...more,
});
const event = (seq: number, key: string): ObserverStep => ({ kind: "event", seq, key });
const reset: ObserverStep = { kind: "reset" };
const entries = (keys: string): LoggedEntry[] =>
  [...keys].flatMap((key, index) => (key === "-" ? [] : [{ seq: index + 1, key }]));

/** A run of one room: its log as one letter a seq (`-` = none), its publishers, its observers. */
function run(
  keys: string,
  publishers: readonly PublisherRecord[],
  ...observers: readonly (readonly ObserverStep[])[]
): RunRecord {
  return {
    publishers,
    observers: observers.map((steps, index) => ({ observer: `observer ${index}`, room, steps })),
    logs: [{ room, epoch, entries: entries(keys) }],
  };
}

const codes = (record: RunRecord, options?: CheckOptions) =>
  checkPromises(record, options).map(({ code }) => code);

describe("no promise is broken by", () => {
  const clean: [string, RunRecord][] = [
    ["an empty run", { publishers: [], observers: [], logs: [] }],
    ["a message that was never acknowledged, stored or not", run("a", [asked("a"), asked("b")])],
    [
      "a retry that gets its seq again",
      run("a", [asked("a"), acked("a", 1), asked("a"), acked("a", 1, { duplicate: true })]),
    ],
    [
      "messages asked for at once, in whatever order they are stored",
      run("ab", [asked("b"), asked("a"), acked("a", 1), acked("b", 2)]),
    ],
    [
      "what is asked for in the moment of an acknowledgement",
      run("ab", [
        { kind: "asked", at: 1, room, key: "b" },
        { kind: "acknowledged", at: 2, room, key: "b", seq: 2 },
        { kind: "asked", at: 2, room, key: "a" },
      ]),
    ],
    ["an observer from the start", run("a-b", [], [joined(0), event(1, "a"), event(3, "b")])],
    ["an observer that comes late", run("abc", [], [joined(2), event(3, "c")])],
    ["an observer that fetches history", run("abc", [], [joined(2), event(2, "b"), event(3, "c")])],
    [
      "an observer that asks from where on",
      run("abc", [], [joined(3, { after: 2 }), event(3, "c")]),
    ],
    [
      "an observer that resumes",
      run("abc", [], [joined(0), event(1, "a"), joined(2, { after: 1 }), event(2, "b")]),
    ],
    [
      "a gap that was announced, before the join or behind it",
      run(
        "abcd",
        [],
        [joined(0), event(1, "a"), reset, joined(2), event(3, "c")],
        [joined(0), event(1, "a"), joined(3), reset, event(3, "c"), event(4, "d")],
      ),
    ],
  ];
  for (const [name, record] of clean) {
    test(name, () => expect(describeViolations(checkPromises(record))).toContain("no promise"));
  }

  test("two rooms whose seqs are the same", () => {
    const logs = ["x", "y"].map((name) => ({
      room: name,
      epoch,
      entries: [{ seq: 1, key: name }],
    }));
    expect(codes({ publishers: [], observers: [], logs })).toEqual([]);
  });
});

describe("a minimal run is caught: ", () => {
  const broken: [string, RunRecord, string[]][] = [
    [
      "an acknowledged message that the log lacks",
      run("-", [asked("a"), acked("a", 1), acked("a", 1)]),
      ["acknowledged_lost"],
    ],
    [
      "an acknowledged message in whose place the log has another",
      run("b", [asked("a"), acked("a", 1)]),
      ["acknowledged_overwritten"],
    ],
    [
      "two observers that see different messages at one seq",
      run("-b", [], [joined(0), event(2, "b")], [joined(0), event(2, "x")]),
      ["two_messages_at_one_seq"],
    ],
    ["a log with two messages at one seq", run("a", []), ["two_messages_at_one_seq"]],
    [
      "an observer that sees an event twice",
      run("a", [], [joined(0), event(1, "a"), event(1, "a")]),
      ["not_ascending"],
    ],
    [
      "an observer to whom an old event comes again after resuming",
      run("ab", [], [joined(0), event(1, "a"), event(2, "b"), joined(2), event(1, "a")]),
      ["not_ascending"],
    ],
    ["a log that does not ascend", run("a", []), ["not_ascending"]],
    [
      "an observer that sees what is not in the log",
      run("a-c", [], [joined(0), event(1, "a"), event(2, "b")]),
      ["seen_but_not_logged"],
    ],
    ["a head beyond the log", run("a", [], [joined(2)]), ["seen_but_not_logged"]],
    [
      "a head that goes back",
      run("ab", [], [joined(2), joined(1)], [joined(0), event(1, "a"), reset, joined(0)]),
      ["head_went_back", "head_went_back"],
    ],
    [
      "a message asked for after an acknowledgement and placed before it",
      run("ab", [asked("b"), acked("b", 2), asked("a"), acked("a", 1)]),
      ["order_of_time_broken"],
    ],
    [
      "the same where the second was never acknowledged, only stored",
      run("ab", [asked("b"), acked("b", 2), asked("a")]),
      ["order_of_time_broken"],
    ],
    [
      "two acknowledgements with different seqs",
      run("a", [asked("a"), acked("a", 1), acked("a", 2)]),
      ["two_seqs_for_one_message"],
    ],
    [
      "an acknowledgement with another seq than the log's",
      run("-a", [asked("a"), acked("a", 1)]),
      ["two_seqs_for_one_message"],
    ],
    ["a message that is twice in the log", run("aa", []), ["two_seqs_for_one_message"]],
    [
      "an observer that sees a message at two seqs",
      run("a", [], [joined(0), event(1, "a"), event(2, "a")]),
      ["two_seqs_for_one_message"],
    ],
    [
      "two acknowledgements that both call it new",
      run("a", [asked("a"), ...[1, 2].map(() => acked("a", 1, { duplicate: false }))]),
      ["acknowledged_new_twice"],
    ],
    [
      "a gap between two events",
      run("abc", [], [joined(0), event(1, "a"), event(3, "c")]),
      ["gap"],
    ],
    ["a gap behind the head", run("abc", [], [joined(1), event(3, "c")]), ["gap"]],
    [
      "a gap that a new join leaves open without an announcement",
      run("abc", [], [joined(0), event(1, "a"), joined(2), event(3, "c")]),
      ["gap"],
    ],
  ];
  const loose: Record<string, readonly LoggedEntry[]> = {
    "a log with two messages at one seq": [...entries("a"), ...entries("b")],
    "a log that does not ascend": [...entries("ab"), ...entries("a")],
  };
  for (const [name, record, expected] of broken) {
    const odd = loose[name];
    const whole = odd === undefined ? record : { ...record, logs: [{ room, epoch, entries: odd }] };
    test(name, () => expect<string[]>(codes(whole)).toEqual(expected));
  }

  test("an observer that does not get to the end", () => {
    const steps = [joined(1), event(2, "b")];
    const ends = (completeTo: number, more: ObserverStep[] = []): string[] =>
      codes({
        ...run("abcd", []),
        observers: [{ observer: "ann", room, completeTo, steps: [...steps, ...more] }],
      });
    expect(ends(2)).toEqual([]);
    expect(ends(3)).toEqual(["incomplete"]);
    expect(ends(4, [event(3, "c"), event(4, "d")])).toEqual([]);
    expect(ends(Number.POSITIVE_INFINITY, [event(3, "c")])).toEqual(["incomplete"]);
    expect(ends(4, [reset, joined(4)])).toEqual([]);
    expect(ends(4, [reset])).toEqual(["incomplete"]);
    expect(ends(4, [joined(9, { epoch: "e2" })])).toEqual(["incomplete"]);
  });

  test("a message in two rooms", () => {
    const logs = ["x", "y"].map((name) => ({ room: name, epoch, entries: entries("a") }));
    expect(codes({ publishers: [], observers: [], logs })).toEqual(["two_seqs_for_one_message"]);
  });

  test("and every code of the table has been seen by now", () => {
    const seen = new Set([...broken.flatMap(([, , expected]) => expected), "incomplete"]);
    expect([...seen].sort()).toEqual(Object.keys(violationCodes).sort());
  });
});

describe("a loss is legal", () => {
  const old = { epoch: "e0" };
  const lossy = run(
    "b",
    [asked("a"), acked("a", 1, old), asked("b"), acked("b", 2, old), acked("b", 1, { epoch })],
    [joined(0, old), event(1, "a"), event(2, "b"), joined(0), event(1, "b")],
  );

  test("where the durability allows it and a new epoch announces it", () => {
    expect(codes(lossy, { mayLose: true })).toEqual([]);
    expect<string[]>(codes(lossy)).toEqual([
      "acknowledged_lost",
      "two_seqs_for_one_message",
      "seen_but_not_logged",
      "two_seqs_for_one_message",
    ]);
  });

  test("but not within an epoch", () => {
    const silent = run("-", [asked("a"), acked("a", 1, { epoch })]);
    expect<string[]>(codes(silent, { mayLose: true })).toEqual(["acknowledged_lost"]);
  });

  test("and an old epoch still has one order", () => {
    const differing = run("", [], [joined(0, old), event(1, "a")], [joined(0, old), event(1, "b")]);
    expect<string[]>(codes(differing, { mayLose: true })).toEqual(["two_messages_at_one_seq"]);
  });

  test("and an acknowledgement that does not tell its epoch is judged where there was but one", () => {
    const untold = [asked("a"), acked("a", 1)];
    expect<string[]>(codes(run("-", untold), { mayLose: true })).toEqual(["acknowledged_lost"]);
    expect(codes(run("-", untold, [joined(0, old)]), { mayLose: true })).toEqual([]);
    expect<string[]>(codes(run("-", untold, [joined(0, old)]))).toEqual(["acknowledged_lost"]);
  });
});

describe("records that cannot be are refused: ", () => {
  const impossible: [string, RunRecord, string][] = [
    ["no final log", { ...run("", [asked("a"), acked("a", 1)]), logs: [] }, "no final log"],
    ["two final logs", { ...run("", []), logs: [...run("", []).logs, ...run("", []).logs] }, "two"],
    ["time that runs backwards", run("", [asked("a"), asked("b")].reverse()), "recorded behind"],
    ["an answer to no question", run("a", [acked("a", 1)]), "was never asked for"],
    ["an event before joining", run("a", [], [event(1, "a")]), "before joining"],
  ];
  for (const [name, record, message] of impossible) {
    test(name, () => expect(() => checkPromises(record)).toThrow(message));
  }
});

test("a violation tells its promise, who contradicts whom, and where", () => {
  const key = messageKey("ann", "7");
  const logs = [{ room, epoch, entries: [{ seq: 4, key }] }];
  const publishers: PublisherRecord[] = [
    { kind: "asked", at: 1, room, key },
    { kind: "acknowledged", at: 9, room, key, seq: 5 },
  ];
  const [violation] = checkPromises({ publishers, observers: [], logs });
  expect(violation?.promise).toBe("G3");
  expect(violation?.evidence.map(({ by, seq }) => [by, seq])).toEqual([
    ["log", 4],
    ["acknowledgement", 5],
  ]);
  expect(violation?.sentence).toBe(
    "one message has two different seqs: " +
      'the final log has "ann/7" at seq 4 of lobby, epoch e1; ' +
      'an acknowledgement (at 9) has "ann/7" at seq 5 of lobby, epoch e1',
  );
});

test("many violations are counted, and the first of them told", () => {
  const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
  const publishers = keys.flatMap((key) => [asked(key), acked(key, 1 + keys.indexOf(key))]);
  const story = describeViolations(checkPromises(run("", publishers)));
  expect(story).toStartWith(
    "promises were broken: 30 × acknowledged_lost\n  G1 acknowledged_lost:",
  );
  expect(story).toEndWith("\n  … and 10 more");
});
