// The commented file of settings that `config` prints: every setting with its meaning and default.

import { defaultFile, tomlKey } from "@maru/settings";
import { roles } from "@maru/tui/frame";
import { builtInThemes, roleNotes } from "@maru/tui/theme";
import { actionGroups, actions } from "../screen/keys/actions.ts";
import { settingRows, settingTables } from "./setting-list.ts";

/** Where a setting has no default, what may stand there. */
const examples: Readonly<Record<string, string>> = {
  nick: '"ann"',
  "profile.NAME.server": '"maru://chat.example"',
  "profile.NAME.nick": '"ann"',
  "profile.NAME.rooms": '["ops", "lobby"]',
};

const introduction = [
  "# Settings of Maru's terminal client. A line that begins with # is a comment: take the # away and",
  "# change the value. What is written here wins over the defaults, and is overruled by --profile,",
  "# the environment and the command line, in this order.",
];

export function defaultConfigFile(): string {
  return defaultFile({
    introduction,
    settings: { tables: settingTables, rows: settingRows },
    examples,
    more: { keys: keyLines(), "themes.NAME": themeLines() },
  });
}

function keyLines(): string[] {
  return actionGroups.map((group) => {
    const lines = actions
      .filter((action) => action.group === group)
      .flatMap(({ name, chords }) => chords.map((chord) => `#${tomlKey(chord)} = "${name}"`));
    return [`# ${group}`, ...lines].join("\n");
  });
}

/** The looks of the default theme, so that a theme of one's own begins with something. */
function themeLines(): string[] {
  const { looks } = builtInThemes.default;
  return roles.map((role) => `#${role} = "${looks[role]}" # ${roleNotes[role]}`);
}
