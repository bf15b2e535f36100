// What a step of the full screen is made of: what can happen to it, and what it leads to.
// Plain data, like model/step.ts, whose inputs and effects are among these.

import type { LookedUp, LookUpWish, NotLookedUp } from "@maru/chat-model/completion";
import type { Effect, Input, NotPaged, Paged, PageWish, Pending } from "@maru/chat-model/model";
import type { CallWish } from "@maru/chat-model/notify";
import type { TypingNotice } from "@maru/chat-model/update";
import type { NameKey } from "@maru/protocol/chat";
import type { TerminalInput } from "@maru/tui/input";
import type { ScreenModel } from "./screen-model.ts";

export type ScreenEffect =
  | Effect
  | PageWish
  | TypingNotice
  | LookUpWish
  | CallWish
  /** Something that was refused need not be kept any more. */
  | { readonly type: "forget"; readonly id: number }
  | { readonly type: "copy"; readonly text: string }
  /** `key`: of the room that it is typed in. */
  | { readonly type: "edit-outside"; readonly text: string; readonly key: NameKey | null }
  | { readonly type: "suspend" }
  /** The waiting for the connection ends; it is tried now. */
  | { readonly type: "reconnect" }
  | { readonly type: "mouse"; readonly isOn: boolean }
  | { readonly type: "redraw" };

export type ScreenInput =
  | Input
  | TerminalInput
  /** Time has passed. */
  | { readonly type: "ticked" }
  | Paged
  | NotPaged
  | LookedUp
  | NotLookedUp
  /** What was typed came back from the person's own editor; null: it was given up. */
  | {
      readonly type: "edited-outside";
      readonly key: NameKey | null;
      readonly text: string | null;
      readonly problem: string | null;
      /** Where all of it is still to be found, as it is too long for the line. */
      readonly file?: string | null;
    }
  /** What an earlier run had not sent, and what it had open. */
  | { readonly type: "restored"; readonly pending: readonly Pending[] }
  /** Something about the client itself that the person should know. */
  | { readonly type: "told"; readonly text: string; readonly isError: boolean };

export interface ScreenStep {
  readonly model: ScreenModel;
  readonly effects: readonly ScreenEffect[];
}

export const stay = (model: ScreenModel, ...effects: readonly ScreenEffect[]): ScreenStep => ({
  model,
  effects,
});

/** What happens after a step: the effects of both, in order. */
export function chain(first: ScreenStep, next: (model: ScreenModel) => ScreenStep): ScreenStep {
  const second = next(first.model);
  return { model: second.model, effects: [...first.effects, ...second.effects] };
}
