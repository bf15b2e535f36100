// How the chat looks in line mode: a line is text, the prompt is the current room.
// Reads model and lines, changes nothing. Everything remote is made harmless here.

import type { Line } from "@maru/chat-model/model";
import { currentRoom, type Model, placeName } from "@maru/chat-model/model";
import { clockTime, dayTime } from "@maru/chat-model/time";
import { roomKey } from "@maru/sdk/chat";
import type { Paint } from "@maru/tui/lines";
import { sanitize, sanitizeLine } from "@maru/tui/text";

const inset = "    ";

/** A text with its following lines set in, so that none of them passes for a line of its own. */
export function setIn(text: string): string {
  return text.replace(/\n+$/, "").replaceAll("\n", `\n${inset}`);
}

/** A line as text, without its newline. */
export function lineText(model: Model, line: Line, paint: Paint): string {
  switch (line.type) {
    case "message":
      return messageText(model, line, paint);
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

type MessageLine = Extract<Line, { type: "message" }>;

function messageText(model: Model, line: MessageLine, paint: Paint): string {
  const { number, atMs } = line;
  const time = number === undefined ? clockTime(atMs).slice(0, 5) : `#${number} ${dayTime(atMs)}`;
  const room = roomKey(line.room) === model.current ? "" : `[${label(model, line.room)}] `;
  const who = paint.name(sanitizeLine(line.from), line.isOwn);
  const said = saidText(line, paint);
  const text = line.isAction ? `* ${who} ${said}` : `${who}: ${said}`;
  return `${answerText(line, paint)}${paint.faint(time)} ${room}${text}`;
}

/** A row above: at the margin, where no text of a message begins a row. */
function answerText({ answers }: MessageLine, paint: Paint): string {
  if (answers === undefined) return "";
  const { from, seq, excerpt } = answers;
  const about =
    from === null ? `message ${seq}` : `${from}: ${excerpt === "" ? "(taken back)" : excerpt}`;
  return `${paint.faint(`↳ ${sanitizeLine(about)}`)}\n`;
}

function saidText(
  { text, isEdited, isRedacted, reactions = [] }: MessageLine,
  paint: Paint,
): string {
  if (isRedacted) return paint.faint("(taken back)");
  const edited = isEdited ? paint.faint(" (edited)") : "";
  const under = reactions.map(({ emoji, count }) => `${sanitizeLine(emoji)} ${count}`).join("  ");
  return setIn(sanitize(text)) + edited + (under === "" ? "" : paint.faint(`  [${under}]`));
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
