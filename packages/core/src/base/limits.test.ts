import { expect, test } from "bun:test";
import { timerMsMax } from "@maru/protocol";
import { defaultLimits, type EngineLimits, resolveLimits } from "./limits.ts";

test("nothing given is the defaults, and they keep their own demands", () => {
  expect(resolveLimits()).toEqual(defaultLimits);
});

test("what is given replaces its default and no other", () => {
  expect(resolveLimits({ inflight: 7 })).toEqual({ ...defaultLimits, inflight: 7 });
});

const small = { frameBytes: 100, helloFrameBytes: 100 };
const edges: readonly [
  what: string,
  holds: Partial<EngineLimits>,
  breaks: Partial<EngineLimits>,
][] = [
  [
    "frameBytes",
    { ...small, frameBytes: 1, helloFrameBytes: 1 },
    { frameBytes: 0, helloFrameBytes: 0 },
  ],
  ["helloFrameBytes", small, { ...small, helloFrameBytes: 101 }],
  ["outboundBytes", { ...small, outboundBytes: 200 }, { ...small, outboundBytes: 199 }],
  ["uplinkBytes", { ...small, uplinkBytes: 100 }, { ...small, uplinkBytes: 99 }],
  ["downlinkBytes", { downlinkBytes: 1 }, { downlinkBytes: 0 }],
  ["inboundBurstBytes", { inboundBurstBytes: 1 }, { inboundBurstBytes: 0 }],
  ["inboundRateBytes", { inboundRateBytes: 0 }, { inboundRateBytes: -1 }],
  ["inflight", { inflight: 1 }, { inflight: 0 }],
  ["framesPerTurn", { framesPerTurn: 1 }, { framesPerTurn: 0 }],
  ["sweepMs", { sweepMs: 1 }, { sweepMs: 0 }],
  ["burst", { rates: [{ perSecond: 1, burst: 1 }] }, { rates: [{ perSecond: 1, burst: 0 }] }],
  ["heartbeatMs", { heartbeatMs: 0 }, { heartbeatMs: -1 }],
  ["drainMs", { drainMs: 0 }, { drainMs: Number.NaN }],
];

test.each(edges)(
  "%s is accepted at its bound and refused past it, by name",
  (what, holds, breaks) => {
    expect(() => resolveLimits(holds)).not.toThrow();
    expect(() => resolveLimits(breaks)).toThrow(RangeError);
    expect(() => resolveLimits(breaks)).toThrow(what);
  },
);

const times = Object.keys(defaultLimits).filter((name) => name.endsWith("Ms"));

test.each(times)("%s is no longer than a timer holds", (name) => {
  const allowed = (ms: number) => () => resolveLimits({ [name]: ms });
  expect(allowed(timerMsMax)).not.toThrow();
  const wrong = [timerMsMax + 1, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN, -1];
  for (const ms of wrong) expect(allowed(ms)).toThrow(name);
});

test("a rate without limit needs no burst", () => {
  expect(() => resolveLimits({ rates: [{ perSecond: 0, burst: 0 }] })).not.toThrow();
});
