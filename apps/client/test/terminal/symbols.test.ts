// A terminal is asked once what it counts otherwise than we do, and that is drawn so that every cell
// is where it should be; whatever it answers, when, or amid what, nothing typed is lost or made up.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { processTestMs } from "@maru/testkit";
import { ownSequenceProblem } from "@maru/tui/terminal";
import { cellWidth, symbolClasses } from "@maru/tui/text";
import { EchoPty } from "./echo-pty.ts";

setDefaultTimeout(processTestMs);

let pty: EchoPty;
afterEach(() => pty.close());

const questions = symbolClasses.length + 2;
const place = (column: number) => `\x1b[2;${column}R`;
/** The answers of a terminal that counts as we do, but for what is in `otherwise`. */
const answers = (otherwise: Readonly<Record<string, number>> = {}) => [
  place(2),
  ...symbolClasses.map(({ name, sample }) => place((otherwise[name] ?? cellWidth(sample)) + 1)),
  place(3),
];
const asked = async (symbols = "") => {
  pty = await EchoPty.start({ environment: { ECHO_SYMBOLS: symbols } });
};
const counted = () => pty.told.flatMap((told) => (told.type === "counted" ? [told.names] : []));
/** What is written, without where and how. */
const sequence = new RegExp(`${"\x1b"}\\[[0-9;?]*[A-Za-z]`, "g");
const letters = (raw: string) => raw.replaceAll(sequence, "");
let drawings = 0;
const drawn = async (text: string) => {
  const from = pty.raw.length;
  drawings += 1;
  // Only cells that change are written: no two marks in a row share one.
  const mark = "ABCDEFG".charAt(drawings % 7).repeat(4);
  pty.order({ do: "show", rows: [text, mark] });
  await pty.until(() => pty.raw.includes(mark, from));
  return letters(pty.raw.slice(from));
};

test("it is asked before the first frame, unseen, and once", async () => {
  await asked();
  expect(ownSequenceProblem(pty.raw)).toBeNull();
  const at = pty.raw.indexOf("\x1b[8m");
  expect(at).toBeGreaterThan(0);
  expect(pty.raw.indexOf("\x1b[2J", at)).toBeLessThan(pty.raw.indexOf("ready"));
  expect(pty.raw.split("\x1b[6n").length - 1).toBe(questions);
  pty.resize(50, 9);
  await drawn("resized");
  expect(pty.raw.split("\x1b[6n").length - 1).toBe(questions);
});

test("what it counts otherwise is drawn otherwise from then on, and nothing else", async () => {
  await asked();
  expect(await drawn("👍🏽🫨")).toContain("👍🏽🫨");
  pty.type(answers({ "skin tones": 4, "unicode-15": 0 }).join(""));
  await pty.until(() => letters(pty.raw).includes("👍〓"));
  expect(counted()).toEqual([["unicode-15", "skin tones"]]);
  expect(await drawn("👩‍💻🇰🇷")).toContain("🇰🇷");
  expect(await drawn("🫩👍🏽")).toContain("🫩👍");
});

test("what is known of it holds from the first frame on, until it answers otherwise", async () => {
  await asked("flags");
  expect(letters(pty.raw)).toContain("KR");
  pty.type(answers().join(""));
  await pty.until(() => counted().length > 0);
  expect(counted()).toEqual([[]]);
  expect(await drawn("🇰🇷")).toContain("🇰🇷");
});

test("keys, pastes and answers that come amid each other are each what they are", async () => {
  await asked();
  const all = answers({ flags: 4 });
  const half = all.length >> 1;
  pty.type(`a${all.slice(0, 3).join("가")}b\x1b[1;5R`);
  // Split over reads, and within a paste.
  const [split = ""] = all.slice(3, 4);
  pty.type(`${split.slice(0, 3)}`);
  pty.type(`${split.slice(3)}\x1b[200~one ${all.slice(4, half).join("둘")} three\x1b[201~`);
  await pty.typeWhole(`${all.slice(half).join("")}c`);
  expect(pty.typed).toBe("a가가bc");
  expect(pty.keys).toContain("ctrl-f3");
  const pastes = pty.told.flatMap((told) => (told.type === "paste" ? [told.text] : []));
  expect(pastes).toEqual([`one ${"둘".repeat(half - 5)} three`]);
  expect(counted()).toEqual([["flags"]]);
});

test("one that does not answer is told so, and an answer that comes late is no typing", async () => {
  await asked();
  await pty.until(() => counted().length === 1);
  expect(counted()).toEqual([null]);
  await pty.typeWhole(`x${answers({ flags: 4 }).join("")}y`);
  expect(pty.typed).toBe("xy");
  expect(counted()).toEqual([null, ["flags"]]);
});

const wrong = {
  "an anchor that is not one cell": [place(1), ...answers().slice(1)],
  "an end that is not two": [...answers().slice(0, -1), place(2)],
  "more cells than a letter can have": answers({ flags: 40 }),
  "the same for all": Array.from({ length: questions }, () => place(2)),
};
for (const [what, told] of Object.entries(wrong)) {
  test(`answers that can't be true change nothing: ${what}`, async () => {
    await asked();
    await pty.typeWhole(`${told.join("")}x`);
    expect(counted()).toEqual([null]);
    expect(pty.typed).toBe("x");
    expect(await drawn("👍🏽🇰🇷🫨")).toContain("👍🏽🇰🇷🫨");
  });
}

test("too few answers are none, and more than were asked are no typing", async () => {
  await asked();
  await pty.typeWhole(`${answers().slice(1).join("")}x`);
  expect(counted()).toEqual([]);
  await pty.typeWhole(`${place(9)}${place(9)}${place(9)}y`);
  expect(pty.typed).toBe("xy");
  expect(await drawn("👍🏽🇰🇷🫨")).toContain("👍🏽🇰🇷🫨");
});

test("one that is too small for it is not asked", async () => {
  pty = await EchoPty.start({ rows: 1, environment: { ECHO_SYMBOLS: "" } });
  expect(pty.raw).not.toContain("\x1b[6n");
});
