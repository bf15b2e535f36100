// Horizontal bars, one row per server, in one or two panels that share the rows.
// Bars begin at zero. Where values lie powers of ten apart a panel has dots instead: on a scale
// without a zero the length of a bar would say nothing.

import type { EChartsOption, SeriesOption } from "echarts/types/dist/echarts";
import type { Role } from "../../servers/candidate-names.ts";
import { ink, roleColours } from "./colours.ts";
import { chartWidth, drawSvg, frame, type Heading, margin, textAt } from "./draw-svg.ts";

export interface BarPanel {
  /** What is measured, and its unit. */
  readonly title: string;
  readonly better: "more" | "less";
  readonly scale: "linear" | "log";
}

export interface BarRow {
  readonly name: string;
  readonly role: Role;
  /** One for each panel; undefined where it was not measured. */
  readonly cells: readonly (BarCell | undefined)[];
}

export interface BarCell {
  readonly value: number;
  /** The value as it is read, with its unit or ratio. */
  readonly label: string;
}

export interface BarChartData extends Heading {
  readonly panels: readonly BarPanel[];
  /** From top to bottom. */
  readonly rows: readonly BarRow[];
}

const rowHeight = 30;
const panelTop = frame.top + 42;
const nameWidth = 170;
const panelGap = 28;
/** Of a letter in a label, of a wide font. */
const letterWidth = 7.6;

export function drawBars({ panels, rows, ...heading }: BarChartData): string {
  const height = panelTop + rows.length * rowHeight + frame.bottom;
  const inner = chartWidth - 2 * margin - nameWidth - panelGap * (panels.length - 1);
  const width = inner / panels.length;
  const left = (index: number) => margin + nameWidth + index * (width + panelGap);
  const titles = panels.flatMap(({ title, better }, index) => [
    textAt(title, { left: left(index), top: frame.top }, panelTitle),
    textAt(`${better} is better`, { left: left(index), top: frame.top + 17 }, panelNote),
  ]);
  const option: EChartsOption = {
    grid: panels.map((_, index) => ({
      ...{ left: left(index), width, top: panelTop, height: rows.length * rowHeight },
      containLabel: false,
    })),
    xAxis: panels.map((panel, index) => valueAxis(panel, rows, index, width)),
    yAxis: panels.map((_, index) => nameAxis(rows, index)),
    series: panels.flatMap((panel, index) => marks(panel, rows, index)),
  };
  return drawSvg(heading, { height, option, titles });
}

const panelTitle = { size: 12.5, color: ink.text, weight: "bold" } as const;
const panelNote = { size: 11, color: ink.faint } as const;

/** Without ticks: every bar says its value, and the longest has room for the longest label. */
function valueAxis({ scale }: BarPanel, rows: readonly BarRow[], index: number, width: number) {
  const cells = rows.flatMap((row) => row.cells[index] ?? []);
  const values = cells.map(({ value }) => value);
  const letters = Math.max(...cells.map(({ label }) => label.length));
  const labelShare = Math.min(0.6, (letters * letterWidth + 16) / width);
  const common = { gridIndex: index, show: false } as const;
  if (scale === "linear") {
    const max = Math.max(...values) / (1 - labelShare);
    return { ...common, type: "value" as const, min: 0, max };
  }
  const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  const span = Math.max(high - low, 1);
  const min = 10 ** (low - span * 0.06);
  const max = 10 ** (low + span / (1 - labelShare));
  return { ...common, type: "log" as const, min, max, startValue: min };
}

function nameAxis(rows: readonly BarRow[], index: number) {
  return {
    type: "category" as const,
    gridIndex: index,
    inverse: true,
    data: rows.map(({ name, role }) => ({
      value: name,
      textStyle: { fontWeight: role === "ours" ? ("bold" as const) : ("normal" as const) },
    })),
    axisTick: { show: false },
    axisLine: { show: true, lineStyle: { color: ink.axis } },
    axisLabel: { show: index === 0, color: ink.strong, fontSize: 12.5, margin: 10 },
  };
}

function marks({ scale }: BarPanel, rows: readonly BarRow[], index: number): SeriesOption[] {
  const axes = { xAxisIndex: index, yAxisIndex: index, silent: true };
  const label = { show: true, position: "right" as const, distance: 7, fontSize: 12 };
  const data = rows.flatMap(({ cells, role }, row) => {
    const cell = cells[index];
    if (cell === undefined) return [];
    const text = { formatter: () => cell.label, color: role === "ours" ? ink.strong : ink.text };
    return {
      value: [cell.value, row],
      itemStyle: { color: roleColours[role], opacity: 1 },
      label: { ...label, ...text, fontWeight: role === "ours" ? "bold" : "normal" } as const,
    };
  });
  if (scale === "linear") return [{ ...axes, type: "bar" as const, barWidth: 17, data }];
  const leaders = data.map(({ value }) => ({ value, itemStyle: { color: ink.line } }));
  return [
    { ...axes, type: "bar" as const, barWidth: 2, data: leaders },
    { ...axes, type: "scatter" as const, symbolSize: 13, data },
  ];
}
