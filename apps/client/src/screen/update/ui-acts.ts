// Commands that are about the screen itself: what each does to it. Pure.

import type { DisplayAct, NotifyLevel } from "@maru/chat-model/model";
import { currentRoom, levelOf, placeName, withNothingHeld } from "@maru/chat-model/model";
import { parseDate } from "@maru/chat-model/time";
import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { withWaiting } from "./lists.ts";
import { jumpTo } from "./page-wish.ts";
import { drop, retry } from "./pending.ts";
import { atEnd } from "./reading.ts";
import { showToast } from "./toast.ts";

export function performAct(model: ScreenModel, act: DisplayAct): ScreenStep {
  switch (act.kind) {
    case "keys":
      return stay({ ...model, overlay: { kind: "keys", top: 0 } });
    case "retry":
      return retry(model);
    case "drop":
      return drop(model);
    case "reconnect":
      return reconnect(model);
    case "bare":
      return stay({ ...model, isBare: !model.isBare });
    case "clear":
      return stay(empty(model));
    case "mouse": {
      const isOn = act.isOn ?? !model.isMouseOn;
      const told = showToast(
        { ...model, isMouseOn: isOn },
        `the mouse is ${isOn ? "on" : "off"}`,
        false,
        "mouse",
      );
      return stay(told, { type: "mouse", isOn });
    }
    case "do-not-disturb": {
      const doNotDisturb = act.isOn ?? !model.doNotDisturb;
      const text = doNotDisturb ? "you are not called until /dnd off" : "you are called again";
      return stay(showToast({ ...model, doNotDisturb }, text, false, "calls"));
    }
    case "notify":
      return setLevel(model, act.level);
    case "search-again":
      return model.lastSearch === null
        ? stay(showToast(model, "for what? /search WORDS, or /search -a WORDS", true))
        : searchAgain(model);
    case "go-to-date": {
      const room = currentRoom(model.chat);
      const atMs = parseDate(act.date, model.chat.nowMs);
      if (room === null) return nowhere(model);
      if (atMs !== null) return stay(jumpTo(model, room, { part: "at", atMs }));
      const how = "no date: try /goto 11-23, monday, yesterday, 14:30 or 3d";
      return stay(showToast(model, how, true));
    }
  }
}

/** The last search once more, wherever that was; nothing before the first. */
export function searchAgain(model: ScreenModel): ScreenStep {
  const { lastSearch } = model;
  return lastSearch === null ? stay(model) : stay(withWaiting(model, [lastSearch]), lastSearch);
}

/** The status line tells how it goes. */
function reconnect(model: ScreenModel): ScreenStep {
  switch (model.chat.state.phase) {
    case "waiting":
      return stay(model, { type: "reconnect" });
    case "connecting":
      return stay(showToast(model, "it is being tried already", false, "connection"));
    case "online":
      return stay(showToast(model, "you are connected", false, "connection"));
    case "closed":
      return stay(
        showToast(model, "this connection has ended: /quit, and start again", true, "connection"),
      );
  }
}

/** What is above is in the log still: scrolling up fetches it. */
function empty(model: ScreenModel): ScreenModel {
  const room = currentRoom(model.chat);
  if (room === null) return model;
  const stuck = new Set(model.stuck).add(room.key);
  return atEnd({ ...model, stuck, chat: withNothingHeld(model.chat, room) });
}

const nowhere = (model: ScreenModel): ScreenStep =>
  stay(showToast(model, "you are in no room: /join ROOM", true, "room"));

function setLevel(model: ScreenModel, level: NotifyLevel | null): ScreenStep {
  const room = currentRoom(model.chat);
  if (room === null) return nowhere(model);
  const place = placeName(model.chat, room.name);
  if (level === null) {
    const now = levelOf(model, room.key);
    return stay(
      showToast(model, `${place}: ${now} (/notify all, mentions or none)`, false, "calls"),
    );
  }
  const levels = new Map(model.levels).set(room.key, level);
  return stay(showToast({ ...model, levels }, `${place}: ${level}`, false, "calls"));
}
