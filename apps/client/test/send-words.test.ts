// What send says, and how soon, when a server does not take what is sent.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { BytePeer, FrameServer, processTestMs } from "@maru/testkit";
import { endProcesses, runClient } from "./processes.ts";

setDefaultTimeout(processTestMs);

const servers: { stop(force: true): void }[] = [];
afterAll(async () => {
  await endProcesses();
  for (const server of servers) server.stop(true);
});

type Answer = (command: { type: string; id: number; room: string }) => object | null;

/** Answers each command as it is told to; null: not at all. */
function serve(answer: Answer): string {
  const server = new FrameServer({
    heard(command, peer) {
      const message = answer(command as unknown as Parameters<Answer>[0]);
      if (message !== null) peer.send({ type: "", re: command.id, ...message });
    },
  });
  servers.push(server);
  return server.address;
}

const limits = { frameBytes: 65_536, textBytes: 8_192, inflight: 8, sendRate: 0, sendBurst: 0 };
const welcome = {
  ...{ type: "welcome", version: 1, server: "s", nick: "ann", session: "s", time: 0 },
  ...{ durability: "memory", heartbeatMs: 30_000 },
  limits: { ...limits, roomsPerSession: 9, historyPage: 9 },
};
const joined = {
  ...{ type: "joined", room: "den", epoch: "e", head: 0, topic: "", memberCount: 1 },
  ...{ members: [], recovered: false },
};
const refusal = (code: string, retryable: boolean) => ({
  ...{ type: "error", code, message: "Because.", retryable, retryAfterMs: 100 },
});
/** A server that refuses, or does not answer (null), commands of one type. */
const refusing = (type: string, answer: object | null) =>
  serve((command) => {
    if (command.type === type) return answer;
    return command.type === "hello" ? welcome : joined;
  });
const silent = "said nothing for 1 second; is it a Maru server? The address is from MARU_SERVER";
const impatient = "nothing was acknowledged for 1 second";

test.each<[string, string, object | null, number, string]>([
  ["says nothing at all", "hello", null, 3, silent],
  ["refuses the greeting", "hello", refusal("banned", false), 4, "Because. (banned)\n"],
  ["acknowledges nothing", "send", null, 1, `${impatient}\n`],
  [
    "has a full disk",
    "send",
    refusal("storage_unavailable", true),
    1,
    `${impatient}: Because. (storage_unavailable)\n`,
  ],
  ["refuses the room", "send", refusal("forbidden", false), 4, "the text: Because. (forbidden)\n"],
  [
    "refuses the text",
    "send",
    { ...refusal("invalid_message", false), field: "text" },
    5,
    "the text: Because. (invalid_message)\n",
  ],
])("a server that %s", async (_, type, answer, code, words) => {
  const address = refusing(type, answer);
  const flags = ["--room", "den", "--patience", "1"];
  const sent = await runClient(address, ["send", ...flags, "hello"]);
  expect(sent.err).toContain(words);
  expect(sent.code).toBe(code);
});

test("a port of another kind is told, by every program", async () => {
  const server = BytePeer.listen(0, (peer) => {
    peer.send(Buffer.from("SSH-2.0-OpenSSH_9.9\r\n"));
    return { received() {}, ended() {} };
  });
  servers.push(server);
  const address = `127.0.0.1:${server.port}`;
  for (const args of [
    ["send", "--room", "den", "hello"],
    ["tail", "--room", "den"],
    ["--plain", address],
  ]) {
    const { code, err } = await runClient(address, args);
    expect([code, err]).toEqual([
      3,
      expect.stringContaining(
        `maru: ${address} does not speak Maru: it answered like SSH. The address is from `,
      ),
    ]);
  }
});

test.each([
  ["no server listens", "127.0.0.1:1", "nothing listens there (connection refused)"],
  ["there is no such host", "nobody.invalid", "there is no host of that name"],
])("where %s, one sentence says so, and the flag that named it", async (_, address, reason) => {
  const flags = ["--room", "den", "--server", address];
  for (const args of [
    ["send", ...flags, "hello"],
    ["tail", ...flags],
  ]) {
    const { code, err } = await runClient("", args);
    expect(code).toBe(3);
    expect(err).toContain(`: ${reason}. The address is from --server: check it, or start`);
    expect(err.trim().split("\n")).toHaveLength(1);
  }
});

type Odd = [field: string, value: number, code: number, words: string];
test.each<Odd>([
  ["textBytes", 0, 3, "limits.textBytes: this field must be at least 64"],
  ["textBytes", -1, 3, "limits.textBytes: this field must be at least 64"],
  ["textBytes", 3, 3, "limits.textBytes: this field must be at least 64"],
  ["frameBytes", 1, 3, "limits.frameBytes: this field must be at least 4096"],
  [
    "version",
    99,
    3,
    "The server (s) speaks version 99 of the protocol, and this client version 1.",
  ],
  ["sendRate", 1e-9, 1, `${impatient}: the server takes one message in 10 seconds; give a longer`],
  ["sendRate", -1, 1, `${impatient}: the server takes one message in 10 seconds; give a longer`],
  ["inflight", 0, 0, ""],
  ["sendBurst", -1, 0, ""],
  ["heartbeatMs", 0, 0, ""],
  ["textBytes", 64, 0, ""],
])("a server whose %s is %p: what is read is sent once, or the end is told", async (...odd) => {
  const [field, value, code, words] = odd;
  const isLimit = field in welcome.limits;
  const set = { [field]: value };
  const greeting = isLimit
    ? { ...welcome, limits: { ...welcome.limits, ...set } }
    : { ...welcome, ...set };
  const texts: string[] = [];
  const address = serve((command) => {
    if (command.type === "hello") return greeting;
    if (command.type === "ping") return { type: "pong" };
    texts.push((command as unknown as { text: string }).text);
    return { type: "sent", room: "den", seq: texts.length, at: 0, duplicate: false };
  });
  const lines = ["one", "😀😀", "three"];
  const flags = ["--room", "den", "--patience", "1"];
  const sent = await runClient(address, ["send", ...flags], `${lines.join("\n")}\n`);
  expect(sent.err).toContain(words);
  expect(sent.code).toBe(code);
  expect(texts).toEqual(lines.slice(0, code === 3 ? 0 : code === 1 ? 1 : 3));
});
