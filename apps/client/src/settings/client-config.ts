// Every setting of the client's file: bounds, default and meaning, in one schema. From it follow the
// default file, the reference, and what is said about a wrong setting. Reads nothing itself.

import { notifyLevels } from "@maru/chat-model/model";
import { described, oneOf as oneOfWords } from "@maru/settings";
import { didYouMean } from "@maru/settings/did-you-mean";
import { roles } from "@maru/tui/frame";
import { keyOverridesMax } from "@maru/tui/key";
import { builtInThemes, parseStyle } from "@maru/tui/theme";
import * as z from "zod";
import { bindingsOf, judgeOverrides } from "../screen/keys/bindings.ts";
import { NickSetting, RoomSetting, roomsMax, ServerSetting } from "./name-settings.ts";

export const defaultServer = "maru://127.0.0.1:7667";
export const defaultRoom = "lobby";
/** This very list where no other is set. */
export const defaultRooms: string[] = [defaultRoom];

export const scrollbackMin = 100;
export const scrollbackMax = 10_000;
export const profilesMax = 50;
export const themesMax = 50;
export const notifyRoomsMax = 500;
const commandWordsMax = 32;

const builtInNames = Object.keys(builtInThemes);

/** As TOML writes them. */
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  oneOfWords(values, (value) => `"${value}"`);

const flag = () => z.boolean("must be true or false, without quotes");

const NotifyLevel = oneOf(notifyLevels);

const Notify = z.strictObject({
  when: described(
    oneOf(["unfocused", "always", "never"]).default("unfocused"),
    "when to notify: while the terminal is not looked at, always, or never",
  ),
  how: described(
    z
      .array(oneOf(["bell", "osc", "command"]), 'must be a list such as ["bell"]')
      .max(3, "has a way twice")
      .refine((ways) => new Set(ways).size === ways.length, "has a way twice")
      .default(["bell"]),
    'the ways: "bell"; "osc", a desktop notification by the terminal; "command", see below',
  ),
  command: described(
    z
      .array(
        z
          .string("must be a list of strings, the program first")
          .refine((word) => !word.includes("\0"), "a word of it holds a NUL"),
        "must be a list of strings, the program first",
      )
      .max(commandWordsMax, `must be at most ${commandWordsMax} words`)
      .refine(([program]) => program !== "", "the program's name is empty")
      .default([]),
    "program and arguments, run without a shell; told MARU_ROOM, MARU_FROM and MARU_TEXT in its environment",
  ),
  level: described(
    NotifyLevel.default("mentions"),
    "what to notify of, in rooms that are not named below",
  ),
  rooms: described(
    z
      .record(RoomSetting, NotifyLevel)
      .refine(...fewerThan(notifyRoomsMax, "rooms"))
      .default({}),
    'of single rooms: "NAME" = "all", "mentions" or "none"',
  ),
});

const Panes = z.strictObject({
  rooms: described(
    oneOf(["auto", "on", "off"]).default("auto"),
    "the list of rooms; auto: from 70 columns on",
  ),
  members: described(
    oneOf(["auto", "on", "off"]).default("auto"),
    "the list of members; auto: from 100 columns on",
  ),
});

const RoomList = z
  .array(RoomSetting, 'must be a list such as ["lobby"]')
  .min(1, "names no room")
  .max(roomsMax, `must be at most ${roomsMax} rooms`);

const Profile = z.strictObject({
  server: described(ServerSetting.optional(), "instead of the server above"),
  nick: described(NickSetting.optional(), "instead of the nick above"),
  rooms: described(RoomList.optional(), "instead of the rooms above"),
});

const StyleSetting = z.string('must be a style such as "bold red"').superRefine((text, context) => {
  const parsed = parseStyle(text);
  if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.problem });
});

const Theme = z.strictObject({
  base: described(
    z
      .enum(builtInNames as [string, ...string[]], {
        error: () => `must be one of ${builtInNames.join(", ")}`,
      })
      .default("default"),
    "the built-in theme whose looks hold where this one names none",
  ),
  ...(Object.fromEntries(roles.map((role) => [role, StyleSetting.optional()])) as Record<
    (typeof roles)[number],
    z.ZodOptional<typeof StyleSetting>
  >),
});

const Keys = z
  .record(z.string(), z.string("must be an action's name in quotes"))
  .superRefine((keys, context) => {
    if (Object.keys(keys).length > keyOverridesMax) {
      context.addIssue({ code: "custom", message: `must be at most ${keyOverridesMax} keys` });
      return;
    }
    for (const { chord, problem } of judgeOverrides(keys).problems) {
      context.addIssue({ code: "custom", path: [chord], message: problem });
    }
  });

/** Names of profiles and themes: they are typed on the command line, and keys of TOML. */
const Label = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, "a name is at most 32 letters, digits, - and _");

export const ClientConfig = z
  .strictObject({
    server: described(
      ServerSetting.default(defaultServer),
      "where to connect: host, host:port or maru://host:port",
    ),
    nick: described(
      NickSetting.optional(),
      "who to be; without it the server picks a guest's name",
    ),
    rooms: described(
      RoomList.default(() => defaultRooms),
      "rooms to enter at the start; the first is shown",
    ),
    theme: described(
      z.string("must be a name in quotes").default("default"),
      `${builtInNames.join(", ")}, or one of your own below`,
    ),
    symbols: described(
      oneOf(["auto", "all", "plain"]).default("auto"),
      "emoji and new letters: as the terminal counts them, all as they are, or plain ones alone",
    ),
    ascii: described(flag().default(false), "draw with ASCII characters alone"),
    mouse: described(
      flag().default(false),
      "wheel and clicks; the terminal's own selection then needs Shift held down",
    ),
    enter: described(
      oneOf(["send", "newline"]).default("send"),
      "what Enter does; Alt-Enter and Ctrl-J do the other",
    ),
    clock: described(oneOf(["24h", "12h"]).default("24h"), "how times are written"),
    scrollback: described(
      z
        .int("must be a whole number")
        .min(scrollbackMin, `must be at least ${scrollbackMin}`)
        .max(scrollbackMax, `must be at most ${scrollbackMax}`)
        .default(1000),
      "messages of a room that are kept in memory; older ones are fetched when scrolled to",
    ),
    presence: described(
      oneOf(["all", "active", "none"]).default("active"),
      "whose coming and going is shown; active: of those who spoke within five minutes",
    ),
    typing: described(flag().default(true), "let others see that you are typing"),
    panes: described(Panes.prefault({}), "what is shown beside the conversation"),
    notify: described(Notify.prefault({}), "how you are told of messages"),
    keys: described(
      Keys.default({}),
      'a chord = an action, or "none"; `keys` prints what is in force',
    ),
    profile: described(
      z
        .record(Label, Profile)
        .refine(...fewerThan(profilesMax, "profiles"))
        .default({}),
      "with --profile NAME, these hold instead of those above",
    ),
    themes: described(
      z
        .record(Label, Theme)
        .refine(...fewerThan(themesMax, "themes"))
        .default({}),
      'a theme of your own: role = "style"',
    ),
  })
  .superRefine((config, context) => {
    const report = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    // Each chord was judged above; what is left is what they come to together.
    const isWrong = judgeOverrides(config.keys).problems.length > 0;
    const { problems } = bindingsOf(isWrong ? {} : config.keys, config.enter);
    for (const problem of problems) report(["keys"], problem);
    for (const name of Object.keys(config.themes)) {
      if (builtInNames.includes(name)) report(["themes", name], "is built in; choose another name");
    }
    const wrongTheme = themeProblem(config);
    if (wrongTheme !== null) report(["theme"], wrongTheme);
    if (config.notify.how.includes("command") && config.notify.command.length === 0) {
      report(["notify", "command"], 'must name a program, because how has "command"');
    }
  });

/** What is wrong with the name of a theme, whatever else is wrong beside it. */
export function themeProblem({ theme, themes }: { theme?: unknown; themes?: unknown }) {
  const own = typeof themes === "object" && themes !== null ? Object.keys(themes) : [];
  const known = [...builtInNames, ...own];
  if (typeof theme !== "string" || known.includes(theme)) return null;
  const hint = didYouMean(theme, known);
  return `there is no theme "${theme}"; there are ${known.join(", ")}${hint}`;
}

/** The settings in force; profiles are taken in already, and still listed. */
export type ClientConfig = Readonly<z.infer<typeof ClientConfig>>;

function fewerThan(max: number, what: string) {
  const rule = (value: object) => Object.keys(value).length <= max;
  return [rule, `must be at most ${max} ${what}`] as const;
}
