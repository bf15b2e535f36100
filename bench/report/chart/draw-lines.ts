// Lines over a quantity, in panels two abreast: the shape of a cost. Every line is named at its end
// and says its values at the points, so that no legend and no ruler are needed.

import type { EChartsOption, SeriesOption } from "echarts/types/dist/echarts";
import { ink, lineStyles } from "./colours.ts";
import {
  chartWidth,
  drawSvg,
  frame,
  type Heading,
  margin,
  type Titles,
  textAt,
} from "./draw-svg.ts";
import {
  type Axis,
  crowded,
  isBelow,
  type Line,
  type LinePanel,
  moveApart,
  type Range,
  rangeOf,
  shareOf,
  stopsOf,
  ticksOf,
} from "./line-layout.ts";

export interface LineChartData extends Heading {
  readonly panels: readonly LinePanel[];
  /** Panels in a row (default 2, 1 for a single panel). */
  readonly abreast?: 1 | 2;
}

const plotHeight = 190;
const panelHeight = plotHeight + 92;
const plotTop = 32;
const gap = 28;
const ticksWidth = 50;
/** For the names at the ends of the lines. */
const namesWidth = 104;
const nameHeight = 15;

export function drawLines({ panels, abreast, ...heading }: LineChartData): string {
  const columns = abreast ?? (panels.length === 1 ? 1 : 2);
  const height = frame.top + Math.ceil(panels.length / columns) * panelHeight + frame.bottom - 24;
  const cell = (chartWidth - 2 * margin - gap * (columns - 1)) / columns;
  const place = (index: number) => ({
    left: margin + (index % columns) * (cell + gap),
    top: frame.top + Math.floor(index / columns) * panelHeight,
  });
  const option: EChartsOption = {
    grid: panels.map((panel, index) => {
      const { left, top } = place(index);
      const width = cell - ticksWidth - widthOfNames(panel);
      return { left: left + ticksWidth, top: top + plotTop, width, height: plotHeight };
    }),
    xAxis: panels.map(({ x, lines }, index) => xAxis(x, lines, index)),
    yAxis: panels.map((panel, index) => yAxis(panel, rangeOf(panel), index)),
    series: panels.flatMap((panel, index) => series(panel, index)),
  };
  const titles = panels.flatMap((panel, index) => {
    const { left, top } = place(index);
    const end = { left: left + cell - widthOfNames(panel) + 10, top: top + plotTop };
    const title = textAt(panel.title, { left, top }, panelTitle);
    return [title, ...namesAtEnds(panel, end)];
  });
  return drawSvg(heading, { height, option, titles });
}

const panelTitle = { size: 12.5, color: ink.text, weight: "bold" } as const;
const widthOfNames = ({ lines }: LinePanel): number => (lines.length > 1 ? namesWidth : 24);

/** The name of each line where it ends, with its last value; moved apart where ends are close. */
function namesAtEnds(panel: LinePanel, at: { left: number; top: number }): Titles {
  if (panel.lines.length < 2) return [];
  const range = rangeOf(panel);
  const end = stopsOf(panel.lines).at(-1);
  const ends = panel.lines.map(({ name, role, points, isLabelled }) => {
    const [x, y] = points.at(-1) ?? [end, range.min];
    const value = isLabelled && x === end ? `  ${panel.y.format(y)}` : "";
    return { text: name + value, role, top: (1 - shareOf(y, range, panel.y)) * plotHeight - 7 };
  });
  ends.sort((one, other) => one.top - other.top);
  const tops = moveApart(
    ends.map(({ top }) => top),
    { min: -8, max: plotHeight - 14, apart: nameHeight },
  );
  return ends.map(({ text, role }, index) => {
    const place = { left: at.left, top: at.top + (tops[index] ?? 0) };
    return textAt(text, place, { size: 12, color: lineStyles[role].text, weight: "bold" });
  });
}

const axisLabel = { color: ink.text, fontSize: 11 };

function xAxis({ name, scale, format }: Axis, lines: readonly Line[], index: number) {
  const stops = stopsOf(lines);
  const [first = 1, last = first] = [stops[0], stops.at(-1)];
  const customValues = ticksOf(stops, scale);
  return {
    type: scale === "log" ? ("log" as const) : ("value" as const),
    gridIndex: index,
    min: scale === "log" ? first / ((last / first) ** 0.05 || 2) : -last * 0.05,
    max: last === first ? first * 2 : last,
    name,
    nameLocation: "middle" as const,
    nameGap: 27,
    nameTextStyle: { color: ink.faint, fontSize: 11 },
    axisLine: { show: true, onZero: false, lineStyle: { color: ink.axis } },
    axisTick: { show: true, customValues, lineStyle: { color: ink.axis } },
    axisLabel: { ...axisLabel, customValues, hideOverlap: true, formatter: format },
    splitLine: { show: false },
  };
}

function yAxis({ y }: LinePanel, range: Range, index: number) {
  return {
    type: y.scale === "log" ? ("log" as const) : ("value" as const),
    gridIndex: index,
    ...range,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...axisLabel, formatter: y.format },
    splitLine: { lineStyle: { color: ink.line } },
  };
}

function series(panel: LinePanel, index: number): SeriesOption[] {
  const { x, y, lines, limit } = panel;
  const quiet = crowded(lines, x);
  const range = rangeOf(panel);
  const hasRoom = (value: number) => shareOf(value, range, y) > 0.12; // below it, above the axis
  const end = lines.length > 1 ? stopsOf(lines).at(-1) : undefined;
  return lines.map(({ name, role, points, isLabelled }, order) => {
    const { colour, text, symbol } = lineStyles[role];
    const halo = { textBorderColor: ink.paper, textBorderWidth: 3 };
    const label = { ...halo, color: text, fontSize: 11, distance: 6 };
    return {
      type: "line" as const,
      name,
      ...{ xAxisIndex: index, yAxisIndex: index, silent: true, clip: false },
      ...{ symbol, symbolSize: 8, color: colour, lineStyle: { width: 2.25 } },
      z: role === "ours" ? 4 : 3,
      data: points.map(([at, value]) => ({
        value: [at, value],
        label: {
          ...label,
          show: isLabelled && at !== end && !quiet.has(at), // at the end it stands with the name
          position: hasRoom(value) && isBelow(lines, name, at) ? "bottom" : "top",
          formatter: () => y.format(value),
        },
      })),
      ...(order === 0 && limit !== undefined ? { markLine: limitLine(limit) } : {}),
    };
  });
}

function limitLine({ value, label }: NonNullable<LinePanel["limit"]>) {
  return {
    silent: true,
    symbol: "none" as const,
    lineStyle: { color: ink.limit, type: "dashed" as const, width: 1.25 },
    label: {
      formatter: label,
      position: "insideStartTop" as const,
      color: ink.limit,
      fontSize: 11,
    },
    data: [{ yAxis: value }],
  };
}
