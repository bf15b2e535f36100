// Conversations of which a nick was given up, on the full screen: Enter goes on in the conversation of
// the two as they are called now, and takes along what is typed. Pure.

import { goesOnIn, type Moved } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import { editorOf } from "@maru/tui/editor";
import type { ScreenModel } from "../model/screen-model.ts";
import { chain, type ScreenStep, stay } from "../model/screen-step.ts";
import { updateChat } from "./chat-update.ts";
import { withNothingTyped } from "./opening.ts";
import { showToast } from "./toast.ts";

/** The conversation where the current one goes on. What is typed is said there with another Enter. */
export function goOn(model: ScreenModel, moved: Moved): ScreenStep {
  const { text, caret } = model.editor;
  const line = `/join ${goesOnIn(model.chat, moved)}`;
  const emptied = withLevel(withNothingTyped(model), moved);
  return chain(updateChat(emptied, { type: "typed", line }), (next) => {
    if (text.trim() === "") return stay(next);
    const place = goesOnIn(next.chat, moved);
    // What waited there stays; what was typed goes behind it.
    const before = next.editor.text === "" ? "" : `${next.editor.text}\n`;
    const editor = editorOf(before + text, before.length + caret);
    return stay(
      showToast(
        { ...next, editor },
        `this is the conversation with ${place}: Enter says it`,
        false,
        "line",
      ),
    );
  });
}

/** When one is called for it is as before. */
function withLevel(model: ScreenModel, { room }: Moved): ScreenModel {
  const { levels, chat } = model;
  const level = chat.current === null ? undefined : levels.get(chat.current);
  const key = roomKey(room);
  if (level === undefined || levels.has(key)) return model;
  return { ...model, levels: new Map(levels).set(key, level) };
}
