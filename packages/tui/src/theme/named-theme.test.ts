// The built-in themes: every role, readable; and a person's own over them.

import { describe, expect, test } from "bun:test";
import { roles } from "../frame/frame.ts";
import { builtInThemes } from "./built-in-themes.ts";
import { type NamedTheme, themeNamed } from "./named-theme.ts";
import { roleNotes } from "./role-notes.ts";
import type { Colour } from "./style-string.ts";

/** What the guidelines for the web ask of text; a line between panes may be fainter. */
const textContrastMin = 4.5;
const borderContrastMin = 2;

function luminance(colour: Colour): number {
  expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  const channels = [1, 3, 5].map((at) => {
    const part = Number.parseInt(String(colour).slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Colour, other: Colour): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const named = (name: string): NamedTheme => {
  const theme = themeNamed(name);
  if (theme === null) throw new Error(`no theme ${name}`);
  return theme;
};

describe("the built-in themes", () => {
  for (const name of Object.keys(builtInThemes)) {
    test(`${name} has a look for every role`, () => {
      expect(Object.keys(named(name).styles).sort()).toEqual([...roles].sort());
    });
  }

  for (const name of ["dusk", "harbour", "paper", "frost"]) {
    test(`${name} is readable: every text has enough contrast with what is behind it`, () => {
      const { styles } = named(name);
      const faint = roles.filter((role) => {
        const enough = role === "border" ? borderContrastMin : textContrastMin;
        return contrast(styles[role].fg, styles[role].bg) < enough;
      });
      expect(faint).toEqual([]);
    });

    test(`${name} tells twelve nicks apart`, () => {
      const { styles } = named(name);
      const looks = roles
        .filter((role) => role.startsWith("nick"))
        .map((role) => String(styles[role].fg));
      expect(new Set(looks).size).toBe(12);
    });
  }

  test("are two for the dark and two for the light", () => {
    const page = (name: string) => luminance(named(name).styles.text.bg);
    expect(Math.max(page("dusk"), page("harbour"))).toBeLessThan(0.05);
    expect(Math.min(page("paper"), page("frost"))).toBeGreaterThan(0.8);
  });

  test("default keeps to colours that are seen on dark and on light", () => {
    const { styles } = named("default");
    for (const role of roles) {
      const { fg, bg } = styles[role];
      expect(bg).toBe("default");
      expect(["default", 1, 2, 4, 5, 6]).toContain(fg);
    }
    const nicks = roles.filter((role) => role.startsWith("nick"));
    expect(new Set(nicks.map((role) => JSON.stringify(styles[role]))).size).toBe(12);
  });

  test("none has no colour at all, and still tells what matters apart", () => {
    const { styles } = named("none");
    for (const role of roles)
      expect([styles[role].fg, styles[role].bg]).toEqual(["default", "default"]);
    for (const role of ["error", "mention", "selected", "link"] as const) {
      expect(JSON.stringify(styles[role])).toContain("true");
    }
  });
});

test("every role is explained", () => {
  expect(Object.keys(roleNotes).sort()).toEqual([...roles].sort());
});

describe("a theme of one's own", () => {
  const themes = {
    mine: { base: "default", text: "#eeeeee on #111111", mention: "bold red" },
    sea: { base: "harbour" },
  };

  test("takes from its base what it does not say, and colours from its text", () => {
    const mine = themeNamed("mine", themes);
    expect(mine?.styles.mention).toMatchObject({ fg: 1, bg: "#111111", bold: true });
    expect(mine?.styles.link).toMatchObject({ fg: "#eeeeee", bg: "#111111", underline: true });
    expect(themeNamed("sea", themes)?.styles).toEqual(named("harbour").styles);
  });

  test("is none where no theme has that name", () => {
    expect(themeNamed("toString", themes)).toBeNull();
    expect(themeNamed("nope", themes)).toBeNull();
  });
});
