// From the settings as a person writes them to those that the full screen reads. Pure.

import type { ScreenSettings } from "../screen/model/screen-settings.ts";
import type { ClientConfig } from "./client-config.ts";

export function screenSettingsOf(config: ClientConfig): ScreenSettings {
  return {
    isAscii: config.ascii,
    hours: config.clock === "12h" ? 12 : 24,
    enter: config.enter,
    scrollback: config.scrollback,
    roomsPane: config.panes.rooms,
    membersPane: config.panes.members,
    showPresence: config.presence,
    tellsTyping: config.typing,
    notifyLevel: config.notify.level,
    notifyWhen: config.notify.when,
    hasMouse: config.mouse,
  };
}
