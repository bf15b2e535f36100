// What a picture of a screen is made of: each letter in its cell, and nothing that it must fetch.

import { expect, test } from "bun:test";
import { type Caption, drawSvg } from "./draw-svg.ts";
import { colourOf, darkPalette, lightPalette, mixed } from "./palette.ts";
import type { Sight } from "./screen-driver.ts";

const caption: Caption = { title: "a <screen>", about: "cells & more", palette: darkPalette };

function sight(text: string, look: Partial<Sight["spans"][number][number]> = {}): Sight {
  const span = { text, cells: 12, fg: "default", bg: "default", attributes: [], ...look };
  return { width: 12, height: 1, text, spans: [[span]], caret: { x: 4, y: 0 } };
}

const texts = (svg: string) =>
  [...svg.matchAll(/<text x="([^"]*)"[^>]*>([^<]*)</g)].map(([, x, text]) => [x, text]);

test("a word is one text as wide as its cells; a wide letter stands in the middle of its two", () => {
  const svg = drawSvg(sight("hey 한글 x"), caption);
  expect(texts(svg)).toEqual([
    ["14", "hey"],
    ["49", "한"],
    ["65.8", "글"],
    ["89.6", "x"],
  ]);
  expect(svg).toContain('textLength="25.2"');
});

test("what is one letter to people stays one", () => {
  const letters = texts(drawSvg(sight("👨‍👩‍👧e\u0301🇰🇷"), caption)).map(([, text]) => text);
  expect(letters).toEqual(["👨‍👩‍👧", "e\u0301", "🇰🇷"]);
});

test("lines are strokes, and half a block is half a cell", () => {
  const svg = drawSvg(sight("─│┌▌"), caption);
  expect(texts(svg)).toEqual([]);
  expect(svg.match(/<path /g)).toHaveLength(3);
  expect(svg).toContain('width="4.2"');
});

test("colours are the palette's, exchanged where they are inverse, weaker where they are dim", () => {
  const plain = drawSvg(sight("a", { fg: "1" }), caption);
  expect(plain).toContain(`fill="${darkPalette.colours[1]}">a<`);
  const inverse = drawSvg(sight("a", { fg: "#102030", attributes: ["inverse", "bold"] }), caption);
  expect(inverse).toContain('fill="#102030"/>');
  expect(inverse).toContain(`fill="${darkPalette.background}" font-weight="bold">a<`);
  const dim = drawSvg(sight("a", { attributes: ["dim"] }), caption);
  expect(dim).toContain(mixed(darkPalette.foreground, darkPalette.background, 0.58));
});

test("it has a title and a description, escaped, and asks for nothing from elsewhere", () => {
  const svg = drawSvg(sight("<&>"), caption);
  expect(svg).toContain('<title id="title">a &lt;screen&gt;</title>');
  expect(svg).toContain("cells &amp; more");
  expect(svg).toContain(">&lt;&amp;&gt;<");
  expect(svg).not.toMatch(/href|url\(|<script|<image|@import/);
});

test("the caret is drawn where it stands, and not where it is hidden", () => {
  const shown = drawSvg(sight("a"), caption);
  expect(shown).toContain(`<rect x="47.6" y="14" width="8.4"`);
  expect(drawSvg({ ...sight("a"), caret: null }, caption)).not.toContain('x="47.6"');
});

test("both palettes have sixteen colours", () => {
  for (const palette of [darkPalette, lightPalette]) {
    expect(palette.colours.filter((colour) => /^#[0-9a-f]{6}$/.test(colour))).toHaveLength(16);
    expect(colourOf("15", "none", palette)).toBe(palette.colours[15] as string);
    expect(colourOf("default", "#000000", palette)).toBe("#000000");
  }
});
