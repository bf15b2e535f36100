// `--explain`: one conversation told while it happens, by the process as people start it.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { processTestMs, type ServerProcess } from "@maru/testkit";
import { connect, endServers, greet, hello, runToEnd, start } from "./running-server.ts";

setDefaultTimeout(processTestMs);
afterEach(endServers);

/** The topics of the story that holds `text`, in order, each with the thread that tells it. */
function storyWith(server: ServerProcess, text: string): string[] {
  const stories = server.output().stderr.split("\n── ");
  const story = stories.find((each) => each.includes(text)) ?? "";
  return story.split("\n").flatMap((line) => {
    const [, by, topic] = /(?:µs|s ) {2}(shard \d|service) +(\S+) /.exec(line) ?? [];
    return by === undefined ? [] : [`${by}: ${topic}`];
  });
}

/** What becomes of one `send`, whatever the number of threads. */
const story = [
  ...["shard 0: read", "shard 0: frame", "shard 0: payload", "shard 0: batch", "shard 0: hop"],
  ...["service: command", "service: commit", "service: commit", "service: reply"],
  ...["service: fan-out", "service: turn"],
  ...["shard 0: answer", "shard 0: fan-out", "shard 0: write", "shard 0: queues"],
];

const hops = [
  ["0", "hop      none: with --workers 0 the service runs on this thread"],
  ["1", "hop      posted to the service's thread, as one JSON text"],
] as const;

test.each(hops)(
  "tells what becomes of a message, from its bytes to the write, with --workers %s",
  async (workers, hop) => {
    const server = await start("--workers", workers, "--log-level", "error", "--explain");
    await server.said("explain: waits for the first connection that is welcomed");
    const ann = await greet(server, "ann");
    await ann.ask({ type: "join", id: 2, room: "lobby" });
    const bob = await greet(server, "bob");
    await bob.ask({ type: "join", id: 2, room: "lobby" });
    await bob.ask({ type: "send", id: 3, room: "lobby", text: "for-the-room-alone" });
    await ann.ask({ type: "send", id: 3, room: "lobby", text: "said-by-ann" });
    await ann.next("message");
    bob.socket.end();
    ann.socket.end();
    await server.said("the socket is gone");
    await server.stop();

    const { stderr } = server.output();
    expect(storyWith(server, "said-by-ann")).toEqual(story);
    expect(stderr).toContain(hop);
    expect(stderr).toContain("one transaction for all of this tick: 1 entry, seq 2;");
    expect(stderr).toContain("message in lobby, seq 2, ann's own: encoded once for 2 members");
    expect(stderr).toContain("message in lobby, seq 1, of another member: encoded once");
    expect(stderr).toMatch(/── ann, [\d:.]+ UTC: connects\n.* accept /);
    // Neither what another has said nor a connection that is not the chosen one.
    expect(stderr).not.toContain("for-the-room-alone");
    expect(stderr).not.toContain('"nick":"bob"');
  },
);

test("with a nick it tells of that one, and of the same again when they come back", async () => {
  const server = await start("--workers", "0", "--log-level", "error", "--explain", "Ann");
  const bob = await greet(server, "bob");
  await bob.ask({ type: "ping", id: 2 });
  const ann = await greet(server, "ann");
  await ann.ask({ type: "ping", id: 7 });
  await server.said("the answer to ann's command 7");
  const { session } = ann.received.find(({ type }) => type === "welcome") as { session?: string };
  ann.socket.end();
  await server.said("the socket is gone");
  const again = await connect(server);
  await again.ask({ ...hello("ann"), resume: session });
  await again.ask({ type: "ping", id: 9 });
  await server.said("the answer to ann's command 9");
  await server.stop();
  const { stderr } = server.output();
  expect(stderr).not.toContain("bob");
  expect(stderr).toContain('"resume":"(secret)"');
  expect(stderr).not.toContain(session as string);
});

test("a nick that can be none is a wrong usage", async () => {
  const { code, stderr } = await runToEnd(["--explain", "two words"]);
  expect(code).toBe(2);
  expect(stderr).toContain("--explain [NICK]");
});
