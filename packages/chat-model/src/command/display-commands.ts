// The commands about what is shown: what a display that is redrawn can do, and whom one wants to see
// at all. Pure.

import { parseNick } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { ignoredMax, ignoredWith, withIgnored, withoutIgnored } from "../model/ignoring.ts";
import type { Model } from "../model/model.ts";
import { type DisplayAct, notice, type Step, step } from "../model/step.ts";
import { refuse, type SlashCommand } from "./slash-command.ts";

export const displayCommands: readonly SlashCommand[] = [
  {
    name: "ignore",
    usage: "[NICK]",
    about: "show nothing more of somebody; without a nick, whom you ignore",
    run: ignore,
  },
  {
    name: "unignore",
    usage: "NICK",
    about: "show them again, under every nick that they took meanwhile",
    run: unignore,
  },
  {
    name: "notify",
    usage: "[all|mentions|none]",
    about: "when to be called for this room",
    run: notify,
  },
  {
    name: "mute",
    usage: "",
    about: "the same as /notify none",
    run: (model) => onDisplay(model, { kind: "notify", level: "none" }),
  },
  {
    name: "dnd",
    usage: "[on|off]",
    about: "do not disturb: be called for nothing",
    run: (model, argument) =>
      switched(model, argument, (isOn) => ({ kind: "do-not-disturb", isOn })),
  },
  {
    name: "goto",
    usage: "DATE",
    about: "what was said then: 11-23, monday, yesterday, 14:30, 3d",
    run: (model, date) =>
      date === ""
        ? refuse(model, "when? /goto 11-23, monday, yesterday, 14:30 or 3d")
        : onDisplay(model, { kind: "go-to-date", date }),
  },
  {
    name: "retry",
    usage: "",
    about: "send again what could not be sent",
    run: (model) => onDisplay(model, { kind: "retry" }),
  },
  {
    name: "drop",
    usage: "",
    about: "forget what could not be sent here",
    run: (model) => onDisplay(model, { kind: "drop" }),
  },
  {
    name: "reconnect",
    usage: "",
    about: "try the connection again now, without waiting for the next time",
    run: (model) => onDisplay(model, { kind: "reconnect" }),
  },
  {
    name: "bare",
    usage: "",
    about: "nothing but text, for copying with the mouse; Esc goes back",
    run: (model) => onDisplay(model, { kind: "bare" }),
  },
  {
    name: "clear",
    usage: "",
    about: "an empty screen; scrolling up brings back what was said",
    run: (model) => onDisplay(model, { kind: "clear" }),
  },
  {
    name: "mouse",
    usage: "[on|off]",
    about: "wheel and clicks; with Shift held, the terminal selects as before",
    run: (model, argument) => switched(model, argument, (isOn) => ({ kind: "mouse", isOn })),
  },
  {
    name: "keys",
    usage: "",
    about: "all keys, as they are bound",
    run: (model) => onDisplay(model, { kind: "keys" }),
  },
];

function onDisplay(model: Model, act: DisplayAct): Step {
  if (!model.isRedrawn) return refuse(model, "only the full screen does that");
  return step(model, { effects: [{ type: "display", act }] });
}

function switched(model: Model, argument: string, act: (isOn: boolean | null) => DisplayAct): Step {
  const wanted = argument.toLowerCase();
  if (wanted === "") return onDisplay(model, act(null));
  if (wanted === "on" || wanted === "off") return onDisplay(model, act(wanted === "on"));
  return refuse(model, "on or off?");
}

function notify(model: Model, argument: string): Step {
  const level = argument.toLowerCase();
  if (level === "") return onDisplay(model, { kind: "notify", level: null });
  if (level !== "all" && level !== "mentions" && level !== "none") {
    return refuse(model, "when? /notify all, /notify mentions or /notify none");
  }
  return onDisplay(model, { kind: "notify", level });
}

function ignore(model: Model, argument: string): Step {
  if (argument === "") {
    const firsts = [...model.ignored].filter((key) => !model.ignoredAs.has(key));
    const people = firsts.map((key) => asOne(ignoredWith(model, key)));
    const text = people.length === 0 ? "you ignore nobody" : `you ignore ${people.join(", ")}`;
    return step(model, { lines: [notice(text)] });
  }
  const parsed = parseNick(argument.replace(/^@/, ""));
  if (!parsed.ok) return refuse(model, `the nick "${argument}": ${parsed.problem}`);
  if (roomKey(parsed.name) === model.meKey) return refuse(model, "that is you");
  if (model.ignored.size >= ignoredMax && !model.ignored.has(roomKey(parsed.name))) {
    return refuse(model, `you ignore ${ignoredMax} already: /unignore somebody first`);
  }
  const lines = [notice(`nothing more is shown of "${parsed.name}"; /unignore takes that back`)];
  return step(withIgnored(model, parsed.name), { lines });
}

function unignore(model: Model, argument: string): Step {
  const nick = argument.replace(/^@/, "");
  if (nick === "") return refuse(model, "whom? /unignore NICK");
  const key = roomKey(nick);
  if (!model.ignored.has(key)) return refuse(model, `you do not ignore "${nick}"`);
  const others = ignoredWith(model, nick).filter((each) => each !== key);
  const text = `${asOne([`"${nick}"`, ...others])} is shown again`;
  return step(withoutIgnored(model, nick), { lines: [notice(text)] });
}

/** One person under the nicks that they had. */
const asOne = ([first = "", ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} (also as ${others.join(", ")})`;
