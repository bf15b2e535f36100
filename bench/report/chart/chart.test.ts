import { describe, expect, test } from "bun:test";
import { type BarChartData, drawBars } from "./draw-bars.ts";
import { drawLines, type LineChartData } from "./draw-lines.ts";

const heading = { title: "A <room>", subtitle: "of 100 & more", caption: "Commit 0123456789ab" };

const bars: BarChartData = {
  ...heading,
  panels: [
    { title: "Deliveries per second", better: "more", scale: "linear" },
    { title: "CPU", better: "less", scale: "log" },
  ],
  rows: [
    {
      name: 'Maru "new" <b>',
      role: "ours",
      cells: [
        { value: 12.5, label: "12.5 M" },
        { value: 0.1, label: "0.100 µs" },
      ],
    },
    { name: "ws", role: "peer", cells: [undefined, { value: 2.2, label: "2.20 µs" }] },
  ],
};

const digits = (value: number) => String(value);
const lines: LineChartData = {
  ...heading,
  panels: [
    {
      title: "By members",
      x: { name: "members", scale: "log", format: digits },
      y: { name: "ms", scale: "log", format: digits },
      limit: { value: 100, label: "100 ms" },
      lines: [
        {
          name: "Maru",
          role: "ours",
          isLabelled: true,
          points: [
            [10, 3],
            [100, 4.5],
            [1_000, 7],
          ],
        },
        {
          name: "R&D",
          role: "peer",
          isLabelled: true,
          points: [
            [10, 6],
            [100, 8],
            [1_000, 12],
          ],
        },
      ],
    },
  ],
};

for (const [what, draw] of [
  ["bars", () => drawBars(bars)],
  ["lines", () => drawLines(lines)],
] as const) {
  describe(`a chart of ${what}`, () => {
    const svg = draw();

    test("is the same bytes every time", () => expect(draw()).toBe(svg));

    test("says what it shows, to those who don't see it too", () => {
      expect(svg).toContain("<title>A &lt;room&gt;. of 100 &amp; more</title>");
      expect(svg).toContain('role="img"');
      expect(svg).toContain("Commit 0123456789ab");
    });

    test("brings its own paper, no style, no script and nothing from elsewhere", () => {
      expect(svg).toContain('rx="10" fill="#ffffff"');
      expect(svg).not.toMatch(/<style|<script|href=|class=|zr\d/);
    });

    test("is well-formed: whatever opens is closed", () => {
      const tags = [...svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)];
      const open: string[] = [];
      for (const [, end, name = "", alone] of tags) {
        if (end === "/") expect(open.pop()).toBe(name);
        else if (alone !== "/") open.push(name);
      }
      expect(open).toEqual([]);
    });
  });
}

describe("bars", () => {
  const svg = drawBars(bars);

  test("have the name and the value of every server, escaped", () => {
    for (const text of ["Maru &quot;new&quot; &lt;b&gt;", "ws", "12.5 M", "0.100 µs", "2.20 µs"]) {
      expect(svg).toContain(text);
    }
  });

  test("say which end is better", () => {
    expect(svg).toContain("more is better");
    expect(svg).toContain("less is better");
  });

  test("begin at zero: twice the value is twice the length", () => {
    const two = (value: number) => ({ name: `${value}`, role: "peer" as const });
    const [panel = { title: "", better: "more", scale: "linear" } as const] = bars.panels;
    const rows = [1, 2].map((value) => ({ ...two(value), cells: [{ value, label: "" }] }));
    const drawn = drawBars({ ...heading, panels: [panel], rows });
    const lengths = [...drawn.matchAll(/d="M[\d.]+ [\d.]+l([\d.]+) 0l0 17l/g)].map(([, l]) =>
      Number(l),
    );
    expect(lengths).toHaveLength(2);
    expect((lengths[1] ?? 0) / (lengths[0] ?? 1)).toBeCloseTo(2, 1);
  });
});

describe("lines", () => {
  const svg = drawLines(lines);

  test("have their names and last values at their ends, and the others at the points", () => {
    for (const text of ["Maru  7", "R&amp;D  12", ">4.5<", ">100 ms<", ">members<"]) {
      expect(svg).toContain(text);
    }
  });
});
