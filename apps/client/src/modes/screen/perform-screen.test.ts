// What becomes of an effect that fails.

import { expect, test } from "bun:test";
import type { ChatClient } from "@maru/sdk/chat";
import type { Terminal } from "@maru/tui/terminal";
import type { ScreenModel } from "../../screen/model/screen-model.ts";
import { performScreen } from "./perform-screen.ts";

const perform = (thrown: Error) => {
  const failing = {
    suspend: () => {
      throw thrown;
    },
  };
  const tools = { editor: undefined, call: () => {} };
  const model = {} as ScreenModel;
  return performScreen(
    ...([
      {} as ChatClient,
      { type: "suspend" },
      model,
      failing as unknown as Terminal,
      tools,
    ] as const),
  );
};

test("what the system refuses is told; a bug is not hidden", async () => {
  const refused = Object.assign(new Error("not permitted"), { code: "EPERM" });
  expect(await perform(refused)).toEqual({ type: "told", text: "not permitted", isError: true });
  expect(perform(new TypeError("a bug"))).rejects.toThrow("a bug");
});
