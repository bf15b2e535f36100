// The page: its own pointer is told, the others' are drawn.

import { connect } from "@maru/sdk";
import { boardProtocol } from "./board-protocol.ts";

const board = "lobby";
const token = new URLSearchParams(location.search).get("token") ?? "guest";
const client = await connect(boardProtocol, { url: "ws://127.0.0.1:8080/ws", greeting: { token } });
const state = document.querySelector("#state") as HTMLElement;
const cursors = new Map<string, HTMLElement>();

function cursorOf(name: string): HTMLElement {
  const known = cursors.get(name);
  if (known !== undefined) return known;
  const cursor = Object.assign(document.createElement("div"), { className: "cursor" });
  cursor.textContent = name;
  document.body.append(cursor);
  cursors.set(name, cursor);
  return cursor;
}

document.addEventListener("pointermove", ({ clientX, clientY }) => {
  client.notify("move", { board, x: clientX / innerWidth, y: clientY / innerHeight });
});

for await (const event of client.events()) {
  if (event.type === "$state") {
    state.textContent = event.state.phase;
    if (event.state.phase === "online") await client.call("enter", { board });
  }
  if (event.type === "moved") {
    const { x, y, name } = event;
    Object.assign(cursorOf(name).style, { left: `${x * 100}%`, top: `${y * 100}%` });
  }
  if (event.type === "gone") {
    cursors.get(event.name)?.remove();
    cursors.delete(event.name);
  }
}
