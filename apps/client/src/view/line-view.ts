// How the chat looks in line mode: a line is text, the prompt is the current room.
// Reads model and lines, changes nothing. Everything remote is made harmless here.

import { roomKey } from "@maru/sdk";
import { currentRoom, type Line, type Model, placeName } from "../model.ts";
import { clockTime } from "./clock-time.ts";
import type { Paint } from "./paint.ts";
import { sanitize, sanitizeLine } from "./sanitize.ts";

const inset = "    ";

/** A text with its following lines set in, so that none of them passes for a line of its own. */
export function setIn(text: string): string {
  return text.replace(/\n+$/, "").replaceAll("\n", `\n${inset}`);
}

/** A line as text, without its newline. */
export function lineText(model: Model, line: Line, paint: Paint): string {
  switch (line.type) {
    case "message": {
      const room = roomKey(line.room) === model.current ? "" : `[${label(model, line.room)}] `;
      const nick = sanitizeLine(line.from);
      const who = paint.nick(nick, line.isOwn);
      const said = setIn(sanitize(line.text));
      const time = paint.faint(clockTime(line.atMs).slice(0, 5));
      return `${time} ${room}${line.isAction ? `* ${who} ${said}` : `${who}: ${said}`}`;
    }
    case "notice": {
      const elsewhere = line.room !== null && roomKey(line.room) !== model.current;
      const room = elsewhere ? `[${label(model, line.room ?? "")}] ` : "";
      return paint.faint(`-- ${room}${sanitizeLine(line.text)}`);
    }
    case "error":
      return paint.error(`!! ${sanitizeLine(line.text)}`);
    case "text":
      return sanitize(line.text)
        .split("\n")
        .map((row) => inset + row)
        .join("\n");
  }
}

/** The prompt: where a plain line would go, and whether it would go now. */
export function promptText(model: Model): string {
  const room = currentRoom(model);
  const where = room === null ? "" : label(model, room.name);
  const offline = model.state.phase === "online" ? "" : " (offline)";
  return `${where}${offline}> `;
}

function label(model: Model, room: string): string {
  return sanitizeLine(placeName(model, room));
}
