// Turns an ECharts option into an SVG file: the frame that all charts share, and the same bytes
// for the same chart. Owns title, subtitle, caption and paper; knows nothing of what is plotted.

import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import type { EChartsOption, TitleComponentOption } from "echarts/types/dist/echarts";
import { ink } from "./colours.ts";

echarts.use([
  ...[BarChart, LineChart, ScatterChart],
  ...[GridComponent, MarkLineComponent, TitleComponent, LabelLayout, SVGRenderer],
]);

export const chartWidth = 860;
export const margin = 28;
/** Where the plot may begin, and what is kept free below it. */
export const frame = { top: 84, bottom: 46 } as const;

/** What stands around every plot. */
export interface Heading {
  /** What is shown, as a sentence would say it. */
  readonly title: string;
  /** How it was measured. */
  readonly subtitle: string;
  /** Commit, machine, date. */
  readonly caption: string;
}

export type Titles = readonly TitleComponentOption[];

export interface Plot {
  /** Of the whole picture. */
  readonly height: number;
  /** All but the heading. `titles` go beside it. */
  readonly option: Omit<EChartsOption, "title">;
  readonly titles: Titles;
}

const fontFamily = "system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif";

export function drawSvg(heading: Heading, { height, option, titles }: Plot): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: chartWidth, height });
  chart.setOption({
    ...option,
    animation: false,
    textStyle: { fontFamily },
    title: [...titlesOf(heading, height), ...titles],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return settle(svg, heading, height);
}

export function textAt(
  text: string,
  place: { readonly left: number; readonly top: number },
  style: { readonly size: number; readonly color: string; readonly weight?: "bold" | "normal" },
): TitleComponentOption {
  const { size, color, weight = "normal" } = style;
  const textStyle = { fontFamily, fontSize: size, fontWeight: weight, color } as const;
  return { text, ...place, padding: 0, textStyle };
}

function titlesOf({ title, subtitle, caption }: Heading, height: number): Titles {
  return [
    textAt(title, { left: margin, top: 24 }, { size: 18, color: ink.strong, weight: "bold" }),
    textAt(subtitle, { left: margin, top: 50 }, { size: 12.5, color: ink.faint }),
    textAt(caption, { left: margin, top: height - 28 }, { size: 11, color: ink.faint }),
  ];
}

/** Takes out what numbers itself per process and what only a browser's script would use. */
function settle(svg: string, { title, subtitle }: Heading, height: number): string {
  const paper = `<rect x="0.5" y="0.5" width="${chartWidth - 1}" height="${height - 1}" rx="10" fill="${ink.paper}" stroke="${ink.edge}"></rect>`;
  const label = `${Bun.escapeHTML(title)}. ${Bun.escapeHTML(subtitle)}`;
  return svg
    .replace(/<style[\s\S]*?<\/style>\n*/, "")
    .replace(/ (?:class="zr[^"]*"|ecmeta_\w+="[^"]*"|pointer-events="visible")/g, "")
    .replace(/\bzr\d+-/g, "zr-")
    .replaceAll(' dominant-baseline="central"', ' dy="0.35em"') // which every renderer knows
    .replace(/<rect [^>]*fill="none"><\/rect>/, () => `<title>${label}</title>\n${paper}`)
    .replace("<svg ", '<svg role="img" ')
    .concat("\n");
}
