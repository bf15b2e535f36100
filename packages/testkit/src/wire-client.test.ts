import { afterEach, expect, test } from "bun:test";
import { FrameServer } from "./frame-server.ts";
import { WireClient } from "./wire-client.ts";

type Command =
  | { readonly type: "add"; readonly id: number; readonly to: number }
  | { readonly type: "go"; readonly id: number };
type Answer =
  | { readonly type: "sum"; readonly re: number; readonly sum: number }
  | { readonly type: "news"; readonly text: string };

let server: FrameServer | null = null;
afterEach(() => server?.stop());

/** Answers `add`, with news before it; says nothing to `go`. */
function serve(): number {
  server = new FrameServer({
    heard({ type, id, to }, peer) {
      if (type === "go") return;
      peer.send({ type: "news", text: "soon" }, { type: "sum", re: id, sum: Number(to) + 1 });
    },
  });
  return server.port;
}

test("numbers its commands, and takes what comes up to the answer", async () => {
  const client = await WireClient.connect<Command, Answer>({ port: serve() });
  expect(client.tell("go", {})).toBe(1);
  expect(await client.ask("add", { to: 2 })).toEqual({ type: "sum", re: 2, sum: 3 });
  expect(client.tell("add", { to: 5 })).toBe(3);
  expect((await client.next("news")).text).toBe("soon");
  expect((await client.next("sum")).sum).toBe(6);
  await client.close();
});

test("an answer that doesn't come is a failure with a sentence", async () => {
  const client = await WireClient.connect<Command, Answer>({ port: serve(), deadlineMs: 50 });
  await expect(client.ask("go", {})).rejects.toThrow("no answer");
  await client.close();
});
