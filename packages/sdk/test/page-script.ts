// What browser.test.ts bundles: a page's script with a protocol of its own.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";
import { connect } from "../src/mod.ts";

const notes = defineProtocol({
  name: "notes",
  version: 1,
  events: { noted: { text: z.string() } },
});
/** What the page would show. */
export const shown: string[] = [];

const client = await connect(notes, { url: "ws://localhost:8080/" });
for await (const event of client.events()) {
  if (event.type === "noted") shown.push(event.text);
}
