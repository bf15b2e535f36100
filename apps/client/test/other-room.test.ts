// What comes of a room that one does not look at: in lines it is never to be taken for this one's.

import { expect, test } from "bun:test";
import { createModel, type Model } from "@maru/chat-model/model";
import { update } from "@maru/chat-model/update";
import { type ChatClientEvent, MaruError, roomKey } from "@maru/sdk/chat";
import { createPaint } from "@maru/tui/lines";
import { lineText } from "../src/modes/lines/view/line-view.ts";

const room = "@ann+eve";
const stamp = { room, seq: 2, at: 0, from: "eve" };
const reason = new MaruError({ code: "forbidden", message: "it is over", retryable: false });

/** One event of each kind that names a room, of the conversation with eve. */
const events: { readonly [T in Exclude<ChatClientEvent["type"], "state">]: ChatClientEvent } = {
  message: { type: "message", ...stamp, text: "psst" },
  edit: { type: "edit", ...stamp, target: 1, text: "psst" },
  redaction: { type: "redaction", ...stamp, target: 1 },
  reaction: { type: "reaction", ...stamp, target: 1, emoji: "👍" },
  topic: { type: "topic", ...stamp, topic: "psst" },
  presence: { type: "presence", room, memberCount: 1, left: ["bob"], joined: ["dan"] },
  typing: { type: "typing", room, from: "eve" },
  joined: {
    type: "joined",
    ...{ room, epoch: "e", head: 7, topic: "", memberCount: 2 },
    ...{ members: ["ann", "eve"], recovered: true, again: false },
  },
  reset: { type: "reset", room, after: 3 },
  left: { type: "left", room, reason },
};

const lobby = { ...events.joined, room: "lobby" } as ChatClientEvent;
const begun: ChatClientEvent = { type: "message", ...stamp, seq: 1, text: "first" };

function inLobby(): Model {
  const model = createModel("ann", { phase: "online", nick: "ann", sinceMs: 0 });
  return [lobby, begun].reduce((now, event) => update(now, { type: "event", event }).model, model);
}

test.each(Object.entries(events))(
  "%s of a conversation names it, and leaves one where one is",
  (type, event) => {
    const { model, lines } = update(inLobby(), { type: "event", event });
    const texts = lines.map((line) => lineText(model, line, createPaint(false)));
    for (const text of texts) expect(text).toContain("@eve");
    // Of a conversation, it is only said in it who comes and goes.
    expect(texts.length > 0).toBe(type !== "typing" && type !== "presence");
    expect(model.current).toBe(roomKey("lobby"));
  },
);
