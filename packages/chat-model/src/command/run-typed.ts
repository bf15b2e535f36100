// A line that was typed: a command, or something to say.
// Pure. `//text` and a leading space say a line that begins with a slash; an unknown command is an
// error here and is never sent.

import { nearest } from "@maru/settings/did-you-mean";
import { currentRoom, type Model } from "../model/model.ts";
import { type Line, problem, type Step, step } from "../model/step.ts";
import { helpText } from "./help.ts";
import { missingText } from "./missing.ts";
import { unsayable } from "./slash-command.ts";
import { slashCommands } from "./table.ts";

export function runTyped(model: Model, line: string): Step {
  const command = /^\/(?!\/)(\S*)\s*(.*)$/s.exec(line);
  if (command === null) return say(model, line.startsWith("//") ? line.slice(1) : line);
  const [, name = "", rest = ""] = command;
  if (name === "") return step(model, { lines: [lone] });
  const wanted = name.toLowerCase();
  const argument = rest.trim();
  if (wanted === "help") {
    // There, keys and commands are shown together, as they are bound.
    if (argument === "" && model.isRedrawn) {
      return step(model, { effects: [{ type: "display", act: { kind: "keys" } }] });
    }
    const text = helpText(argument);
    return step(model, { lines: [text === null ? unknown(argument) : { type: "text", text }] });
  }
  const known = slashCommands.find((entry) => entry.name === wanted);
  if (known === undefined) {
    const why = missingText(wanted);
    return step(model, { lines: [why === null ? unknown(name) : problem(why)] });
  }
  return known.run(model, argument);
}

const lone = problem("a lone / is no command: /help lists them, // says it as text");

const names = ["help", ...slashCommands.map(({ name }) => name)];

function unknown(name: string) {
  const near = nearest(name, names);
  const hint = near === null ? "/help lists them" : `did you mean /${near}? /help lists all`;
  return problem(`there is no command /${name}: ${hint}, //${name} says it as text`);
}

function say(model: Model, line: string): Step {
  const text = line.replace(/^ (?=\/)/, "");
  if (text.trim() === "") return step(model);
  const room = currentRoom(model);
  if (room === null) return step(model, { lines: [problem("you are in no room: /join ROOM")] });
  const refused = unsayable(model, room);
  if (refused !== null)
    return { ...refused, lines: refused.lines.map((line) => withWords(line, text)) };
  return step(model, { effects: [{ type: "send", room: room.name, text, action: false }] });
}

/** What was typed stays in view. */
const withWords = (line: Line, text: string): Line =>
  line.type === "error" ? problem(`${line.text} (${text})`) : line;
