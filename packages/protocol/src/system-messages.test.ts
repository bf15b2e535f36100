import { describe, expect, test } from "bun:test";
import { chatClose, chatCloses, chatErrors } from "./chat/mod.ts";
import { CloseEvent, Reconnect, systemClose, systemCloses, systemErrors } from "./mod.ts";

const codePattern = /^[a-z]+(_[a-z]+)*$/;
const sentence = /^[A-Z].*\.$/;

describe("the tables of codes", () => {
  test("are stable words with a sentence each", () => {
    for (const [code, { about }] of Object.entries({ ...chatErrors, ...chatCloses })) {
      expect(code).toMatch(codePattern);
      expect(about).toMatch(sentence);
    }
  });

  test("keep the engine's own codes in the chat's tables", () => {
    expect(chatErrors).toMatchObject(systemErrors);
    expect(chatCloses).toMatchObject(systemCloses);
  });

  test("say of each error whether to retry, and of each close whether to come back", () => {
    for (const { retryable } of Object.values(chatErrors)) expect(retryable).toBeBoolean();
    for (const { reconnect } of Object.values(chatCloses)) {
      expect(Reconnect.options).toContain(reconnect);
    }
  });

  test("never send a client back with what can't succeed the next time", () => {
    for (const code of ["frame_too_large", "malformed", "hello_required"] as const) {
      expect(systemCloses[code].reconnect).toBe("never");
    }
    expect(chatCloses.replaced.reconnect).toBe("never");
    expect(systemCloses.slow_consumer.reconnect).toBe("backoff");
  });
});

describe("the reason of a close", () => {
  test("takes its verdict from the table, and its own sentence if there is one", () => {
    expect(systemClose("shutdown")).toEqual({
      code: "shutdown",
      reason: systemCloses.shutdown.about,
      reconnect: "backoff",
    });
    expect(systemClose("slow_consumer", "600 KB are waiting.", 250)).toEqual({
      code: "slow_consumer",
      reason: "600 KB are waiting.",
      reconnect: "backoff",
      afterMs: 250,
    });
    expect(chatClose("replaced")).toMatchObject({ code: "replaced", reconnect: "never" });
  });

  test("makes a valid close event", () => {
    for (const code of Object.keys(systemCloses) as (keyof typeof systemCloses)[]) {
      const close = { type: "close", ...systemClose(code, undefined, 0) } as const;
      expect(CloseEvent.parse(close)).toEqual(close);
    }
  });
});
