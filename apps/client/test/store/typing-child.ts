// A client without a screen that types into its store until it is killed. Each time that something
// is on disk, by its own account, it says so in a line: what it says, the next one must find.
// Arguments: the directory, and the number of the cycle.

import { writeSync } from "node:fs";
import { roomKey } from "@maru/sdk/chat";
import { openStore } from "../../src/store/directory-store.ts";

const [directory = "", cycle = ""] = process.argv.slice(2);
const rooms = ["den", "마루", "__proto__"];

function report(text: string): void {
  const bytes = Buffer.from(`${text}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // The reader is slow: a pipe takes no more for a moment.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
    }
  }
}

const store = openStore({ directory, onProblem: (text) => report(`problem ${text}`) });
report(
  `opened ${JSON.stringify({ ...store.stored, drafts: [...store.stored.drafts], isOwner: store.isOwner })}`,
);
for (let n = 0; ; n += 1) {
  const room = rooms[n % rooms.length] ?? "";
  const text = `${cycle}.${n} ${"가나다🦊".repeat(n % 50)}`;
  store.saveDraft(roomKey(room), { text, caret: text.length });
  store.flush();
  report(`draft ${JSON.stringify([room, text])}`);
  if (n % 5 !== 4) continue;
  const cid = `${cycle}-${n}`;
  store.outbox.put({ type: "send", room, text, cid });
  store.remember(text);
  store.saveDraft(roomKey(room), null);
  store.flush();
  report(`sent ${JSON.stringify([room, text, cid])}`);
  if (n % 2 === 0) continue;
  store.outbox.settle(cid);
  store.flush();
  report(`settled ${cid}`);
}
