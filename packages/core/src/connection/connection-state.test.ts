import { expect, test } from "bun:test";
import { systemClose } from "@maru/protocol";
import {
  type ConnectionAction,
  type ConnectionInput,
  type ConnectionState,
  peerClosed,
  transition,
} from "./connection-state.ts";

const reason = systemClose("shutdown");
const other = systemClose("slow_consumer");
const states = {
  handshaking: { phase: "handshaking", deadlineMs: 100, failures: 0 },
  active: { phase: "active" },
  finishing: { phase: "finishing", reason, deadlineMs: 100 },
  answering: { phase: "draining", reason: peerClosed, deadlineMs: 100, answering: true },
  draining: { phase: "draining", reason, deadlineMs: 100, answering: false },
  closed: { phase: "closed", reason },
} as const satisfies Record<string, ConnectionState>;
const inputs = {
  accepted: { kind: "accepted" },
  "greeting-failed": { kind: "greeting-failed", attempts: 2, deadlineMs: 300 },
  close: { kind: "close", reason: other, deadlineMs: 300 },
  "finish unanswered": { kind: "finish", reason: other, isAsking: true, deadlineMs: 300 },
  "finish answered": { kind: "finish", reason: other, isAsking: false, deadlineMs: 300 },
  answered: { kind: "answered" },
  "peer-ended": { kind: "peer-ended", deadlineMs: 300 },
  drained: { kind: "drained" },
  "time before": { kind: "time", nowMs: 99, drainMs: 50 },
  "time at": { kind: "time", nowMs: 100, drainMs: 50 },
  "socket-closed": { kind: "socket-closed" },
} as const satisfies Record<string, ConnectionInput>;
type StateName = keyof typeof states;
type InputName = keyof typeof inputs;

/** What is not listed changes nothing. */
const changes: Partial<
  Record<
    `${StateName} + ${InputName}`,
    { state: ConnectionState; actions?: readonly ConnectionAction[] }
  >
> = {
  "handshaking + accepted": { state: states.active },
  "handshaking + greeting-failed": { state: { ...states.handshaking, failures: 1 } },
  "handshaking + close": {
    state: { phase: "draining", reason: other, deadlineMs: 300, answering: false },
    actions: ["farewell", "report"],
  },
  "handshaking + drained": {
    state: { phase: "draining", reason: peerClosed, deadlineMs: 100, answering: false },
    actions: ["shutdown", "report"],
  },
  "handshaking + time at": {
    state: {
      phase: "draining",
      reason: systemClose("hello_timeout"),
      deadlineMs: 150,
      answering: false,
    },
    actions: ["farewell", "report"],
  },
  "handshaking + socket-closed": {
    state: { phase: "closed", reason: peerClosed },
    actions: ["report"],
  },
  "active + close": {
    state: { phase: "draining", reason: other, deadlineMs: 300, answering: false },
    actions: ["farewell", "report"],
  },
  "handshaking + finish unanswered": {
    state: { phase: "finishing", reason: other, deadlineMs: 300 },
  },
  "handshaking + finish answered": {
    state: { phase: "draining", reason: other, deadlineMs: 300, answering: false },
    actions: ["farewell", "report"],
  },
  "active + finish unanswered": { state: { phase: "finishing", reason: other, deadlineMs: 300 } },
  "active + finish answered": {
    state: { phase: "draining", reason: other, deadlineMs: 300, answering: false },
    actions: ["farewell", "report"],
  },
  "answering + finish unanswered": {
    state: { phase: "finishing", reason: other, deadlineMs: 300 },
  },
  "answering + finish answered": {
    state: { phase: "draining", reason: other, deadlineMs: 300, answering: false },
    actions: ["farewell", "report"],
  },
  "finishing + close": {
    state: { phase: "draining", reason, deadlineMs: 300, answering: false },
    actions: ["farewell", "report"],
  },
  "finishing + answered": {
    state: { phase: "draining", reason, deadlineMs: 100, answering: false },
    actions: ["farewell", "report"],
  },
  "finishing + time at": {
    state: { phase: "draining", reason, deadlineMs: 150, answering: false },
    actions: ["farewell", "report"],
  },
  "finishing + socket-closed": { state: states.closed, actions: ["report"] },
  "active + peer-ended": {
    state: { phase: "draining", reason: peerClosed, deadlineMs: 300, answering: true },
  },
  "active + socket-closed": { state: { phase: "closed", reason: peerClosed }, actions: ["report"] },
  "answering + close": {
    state: { phase: "draining", reason: other, deadlineMs: 300, answering: false },
    actions: ["farewell", "report"],
  },
  "answering + drained": {
    state: { ...states.answering, answering: false },
    actions: ["shutdown", "report"],
  },
  "answering + time at": {
    state: { phase: "closed", reason: peerClosed },
    actions: ["report", "terminate"],
  },
  "answering + socket-closed": {
    state: { phase: "closed", reason: peerClosed },
    actions: ["report"],
  },
  "draining + drained": { state: states.draining, actions: ["shutdown", "report"] },
  "draining + time at": { state: states.closed, actions: ["report", "terminate"] },
  "draining + socket-closed": { state: states.closed, actions: ["report"] },
};

for (const from of Object.keys(states) as StateName[]) {
  for (const name of Object.keys(inputs) as InputName[]) {
    const change = changes[`${from} + ${name}`];
    const what = change ? `leads to ${change.state.phase}` : "changes nothing";
    test(`${name} while ${from} ${what}`, () => {
      const before: ConnectionState = states[from];
      const { state, actions } = transition(before, inputs[name]);
      expect(state).toEqual(change?.state ?? before);
      expect([...actions]).toEqual([...(change?.actions ?? [])]);
    });
  }
}

test("the last greeting that may fail ends the connection", () => {
  const once: ConnectionState = { ...states.handshaking, failures: 1 };
  const { state, actions } = transition(once, inputs["greeting-failed"]);
  expect(state).toEqual({
    phase: "draining",
    reason: systemClose("hello_attempts"),
    deadlineMs: 300,
    answering: false,
  });
  expect([...actions]).toEqual(["farewell", "report"]);
});

test("the first reason to end is the one that is told", () => {
  const first = transition(states.active, inputs.close).state;
  expect(transition(first, { ...inputs.close, reason }).state).toEqual(first);
});
