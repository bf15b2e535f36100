// What one item looks like: roles, links, what it depends on, and what hostile texts do to it.

import { describe, expect, test } from "bun:test";
import type { Item } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import { roles, shownRowsMax } from "@maru/tui/frame";
import { cellWidth } from "@maru/tui/text";
import {
  contextOf,
  conversing,
  minute,
  notice,
  presence,
  says,
  textOf,
} from "../../../test/fixtures/sample-conversation.ts";
import { nickRole } from "../nick-role.ts";
import { itemRows } from "./item-rows.ts";

const context = contextOf(conversing([]), 80);
const before = says(1, "zoe", "x", minute(0));
const rowsOf = (item: Item, previous: Item | null = before, now = context) =>
  itemRows(item, previous, now);
const text = (item: Item, previous: Item | null = before) => textOf(rowsOf(item, previous));
const spanOf = (item: Item, part: string) =>
  rowsOf(item)
    .flat()
    .find((span) => span.text === part);

describe("roles", () => {
  test("tell people apart, the same way every time", () => {
    expect(spanOf(says(2, "ann", "x", minute(1)), "ann")?.role).toBe(nickRole("ann"));
    expect(nickRole("ANN")).toBe(nickRole("ann"));
    expect(spanOf(says(2, "Mina", "x", minute(1)), "Mina")?.role).toBe("own");
    const nicks = Array.from({ length: 500 }, (_, at) => nickRole(`nick${at}`));
    expect(new Set(nicks).size).toBe(12);
    expect(nicks.every((role) => roles.includes(role))).toBe(true);
  });

  test("mark what names one, but not one's own words", () => {
    const named = says(2, "ann", "hi @Mina.", minute(1));
    expect(spanOf(named, "ann")?.role).toBe("mention");
    expect(spanOf(named, " ▌ ")?.role).toBe("unread");
    expect(spanOf(says(3, "mina", "I am @mina", minute(1)), " ▌ ")).toBeUndefined();
    expect(spanOf(says(4, "ann", "minas", minute(1)), " ▌ ")).toBeUndefined();
  });

  test("show code and addresses within a text", () => {
    const item = says(
      2,
      "ann",
      "run `a b` at https://예시.example/x, `https://b.example`",
      minute(1),
    );
    expect(spanOf(item, "`a b`")?.role).toBe("code");
    const link = spanOf(item, "https://예시.example/x");
    expect([link?.role, link?.link]).toEqual(["link", "https://xn--vv4b11d.example/x"]);
    expect(spanOf(item, "`https://b.example`")?.role).toBe("code");
  });

  test("keep an address whole over several rows", () => {
    const address = `https://a.example/${"x".repeat(150)}`;
    const parts = rowsOf(says(2, "ann", address, minute(1)))
      .flat()
      .filter(({ role }) => role === "link");
    expect(parts.map((span) => span.text).join("")).toBe(address);
    expect(parts.every(({ link }) => link === address)).toBe(true);
  });

  test("make errors and notices different", () => {
    expect(spanOf(notice(-1, minute(1), "a"), "a")?.role).toBe("faint");
    expect(spanOf(notice(-2, minute(1), "b", true), "b")?.role).toBe("error");
  });
});

describe("a nick is not repeated", () => {
  const first = says(1, "ann", "a", minute(0));
  const nickOf = (item: Item, previous: Item | null, now = context) =>
    textOf(itemRows(item, previous, now))
      .at(-1)
      ?.slice(6, 18)
      .trim();

  test("for what the same person says soon after", () => {
    expect(nickOf(says(2, "Ann", "b", minute(5)), first)).toBe("");
  });

  test("but it is for anything else", () => {
    expect(nickOf(says(2, "ann", "b", minute(6)), first)).toBe("ann");
    expect(nickOf(says(3, "bob", "b", minute(1)), first)).toBe("bob");
    expect(nickOf(says(4, "ann", "b", minute(1)), presence(-1, minute(1)))).toBe("ann");
    expect(nickOf(says(6, "ann", "b", minute(1)), first, { ...context, dividerKey: 6 })).toBe(
      "ann",
    );
    expect(nickOf(says(7, "ann", "b", minute(1), { action: true }), first)).toBe("*");
  });
});

describe("rows are kept", () => {
  const item = says(2, "ann", "hello", minute(1), { replyTo: 1 });

  test("as long as nothing that they depend on is different", () => {
    const rows = rowsOf(item);
    const same = contextOf(conversing([]), 80);
    expect(rowsOf(item, { ...before }, same)).toBe(rows);
  });

  test("and made anew when something is", () => {
    const rows = rowsOf(item);
    const style = { ...context.style };
    const others = [
      { ...context, selected: 2 },
      { ...context, dividerKey: 2 },
      { ...context, quote: (seq: number) => ({ seq, from: "zoe", excerpt: "anew" }) },
      { ...context, style: { ...style, width: 60 } },
      { ...context, style: { ...style, hasTime: false } },
      { ...context, style: { ...style, hours: 12 } as const },
      { ...context, style: { ...style, isBare: true } },
      { ...context, style: { ...style, me: roomKey("ann") } },
    ];
    for (const other of others) {
      expect(rowsOf(item, before, other)).not.toEqual(rows);
      expect(rowsOf(item)).toEqual(rows);
    }
    expect(rowsOf(item, null)).not.toEqual(rows);
  });
});

test("a message that is answered is named, quoted, taken back or unknown", () => {
  const item = says(9, "ann", "yes", minute(1), { replyTo: 4 });
  const reply = (from: string | null, excerpt: string) =>
    textOf(
      rowsOf(item, before, { ...context, quote: (seq) => ({ seq, from, excerpt }) }),
    )[0]?.slice(21);
  expect(reply("bob", "shall we")).toBe("↳ bob: shall we");
  expect(reply("bob", "")).toBe("↳ bob: (taken back)");
  expect(reply(null, "")).toBe("↳ message 4");
  expect(reply("b\u001bb", "a\u202eb")).toBe("↳ b␛b: a\ufffdb");
});

describe("hostile strings", () => {
  const bad = "a\u001b]8;;x\u0007\u202eb\u200f\u0085\u2028c\u0000\ud800";
  const harmful = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029]/u;
  const items: Item[] = [
    says(2, bad, `${bad} https://a.example/${bad} \`${bad}\``, minute(1), {
      replyTo: 1,
      reactions: [{ emoji: bad, count: 2, from: [bad] }],
    }),
    says(3, bad, bad, minute(1), { action: true }),
    { kind: "topic", key: 4, at: minute(1), from: bad, topic: `${bad}\n${bad}` },
    presence(-1, minute(1), {
      joined: [bad],
      left: [bad],
      renamed: [{ from: bad, to: bad }],
    } as Partial<Item>),
    notice(-2, minute(1), bad),
    notice(-3, minute(1), bad, true),
  ];

  test("are harmless wherever they stand", () => {
    const quote = (seq: number) => ({ seq, from: bad, excerpt: bad });
    for (const isBare of [false, true]) {
      for (const width of [20, 80]) {
        const now = { ...contextOf(conversing([], { isBare }), width), quote };
        for (const item of items) {
          for (const { text: shown, link = "" } of rowsOf(item, before, now).flat()) {
            expect(harmful.test(shown + link)).toBe(false);
            expect(shown.isWellFormed()).toBe(true);
            expect(/^[\x21-\x7e]*$/.test(link)).toBe(true);
          }
        }
      }
    }
  });

  test("hold nothing that draws nothing, and no letter of parts without end", () => {
    const unseen = /[\u00ad\u115f\u200b\u2060\u3164\ufeff\t]/u;
    const hidden = "a\u200bb\u00adc\u2060d\ufeffe\u3164f\u115fg\th";
    const endless = "👩\u200d".repeat(500);
    for (const item of [says(2, hidden, hidden, minute(1)), notice(-2, minute(1), hidden)]) {
      expect(textOf(rowsOf(item)).join("")).not.toMatch(unseen);
    }
    const [row = ""] = textOf(rowsOf(says(2, "ann", endless, minute(1))));
    expect(row.length).toBeLessThan(100);
  });

  test("take no more rows and no more time than they may", () => {
    const lines = rowsOf(says(2, "ann", `${"\n".repeat(5000)}x`, minute(1)));
    expect(lines).toHaveLength(shownRowsMax + 1);
    expect(textOf(lines).at(-1)).toContain("4001 rows more");
    expect(text(says(3, "ann", "x\n".repeat(2) + "\n".repeat(5000), minute(1)))).toHaveLength(2);
    const huge = rowsOf(says(4, "ann", "가".repeat(1_000_000), minute(1)));
    expect(huge.length).toBeLessThan(1000);
  });

  test("with times that no calendar has are shown all the same", () => {
    for (const at of [9e15, -9e15, Number.NaN]) {
      expect(text(says(2, "ann", "x", at), null).at(-1)).toContain("--:--          ann │ x");
    }
  });

  test("of any width stay in their row", () => {
    const wide = "👨‍👩‍👧‍👦한글e\u0301".repeat(40);
    for (const width of [1, 2, 3, 10, 49, 50, 70, 100]) {
      const now = contextOf(conversing([]), width);
      for (const row of rowsOf(says(2, wide, wide, minute(1)), null, now)) {
        expect(row.reduce((sum, span) => sum + cellWidth(span.text), 0)).toBeLessThanOrEqual(width);
      }
    }
  });
});
