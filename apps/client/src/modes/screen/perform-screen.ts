// Does what the full screen's update asked for, beside what goes through the outbox: each effect is
// one call of the SDK, of the terminal or of the system, its outcome one input.

import { perform, performLookUp, performPage } from "@maru/chat-model/perform";
import type { ChatClient } from "@maru/sdk/chat";
import { candidatesMax, completes } from "@maru/tui/editor";
import { codeOf } from "@maru/tui/files";
import { editOutside, type Terminal } from "@maru/tui/terminal";
import type { ScreenModel } from "../../screen/model/screen-model.ts";
import type { ScreenEffect, ScreenInput } from "../../screen/model/screen-step.ts";

export interface ScreenTools {
  /** VISUAL or EDITOR. */
  readonly editor: string | undefined;
  /** Calls the person, if they are to be called. */
  readonly call: (effect: Extract<ScreenEffect, { type: "call" }>, model: ScreenModel) => void;
}

type Asked = Exclude<ScreenEffect, { type: "quit" | "forget" }>;

/** What the system refuses is told; any other error is a bug, and rejects. */
export async function performScreen(
  client: ChatClient,
  effect: Asked,
  model: ScreenModel,
  terminal: Terminal | null,
  tools: ScreenTools,
): Promise<ScreenInput | null> {
  try {
    return await done(client, effect, model, terminal, tools);
  } catch (error) {
    if (!(error instanceof Error) || codeOf(error) === "") throw error;
    return { type: "told", text: error.message, isError: true };
  }
}

async function done(
  client: ChatClient,
  effect: Asked,
  model: ScreenModel,
  terminal: Terminal | null,
  tools: ScreenTools,
): Promise<ScreenInput | null> {
  switch (effect.type) {
    case "page":
      return performPage(client, effect, model.chat.ignored);
    case "look-up":
      return performLookUp(client, effect, { completes, nicksMax: candidatesMax });
    case "typing":
      await client.typing(effect.room, { stopped: !effect.isTyping }).catch(() => {});
      return null;
    case "call":
      tools.call(effect, model);
      return null;
    case "copy":
      terminal?.copy(effect.text);
      return null;
    case "mouse":
      terminal?.mouse(effect.isOn);
      return null;
    case "redraw":
      terminal?.redraw();
      return null;
    case "suspend":
      terminal?.suspend();
      return null;
    case "reconnect":
      client.reconnect();
      return null;
    case "edit-outside": {
      if (terminal === null) return null;
      const { key, text } = effect;
      const wish = { text, file: "message.txt", prefix: "maru-" };
      const edited = await editOutside(terminal, tools.editor ?? "vi", wish);
      return { type: "edited-outside", key, ...edited };
    }
    case "display":
      return null;
    default:
      return perform(client, effect, model.chat.ignored);
  }
}
