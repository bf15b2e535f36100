// The capacity calculator: its figures with their sources, and four crowds worked out.

import { fixed, grouped, shortCount } from "../../harness/numbers.ts";
import { markdownTable, paragraphs } from "../../harness/table.ts";
import {
  type CapacityFigures,
  type Crowd,
  capacityFigures,
  type Need,
  needOf,
  type Sourced,
} from "../capacity.ts";
import type { Section } from "../section.ts";

const crowds: readonly Crowd[] = [
  { online: 1_000, messagesPerMinute: 2, members: 20 },
  { online: 10_000, messagesPerMinute: 2, members: 50 },
  { online: 100_000, messagesPerMinute: 1, members: 100 },
  { online: 1_000_000, messagesPerMinute: 0.5, members: 100 },
];

export const capacitySection: Section = {
  name: "capacity",
  render(kept) {
    const figures = capacityFigures(kept);
    return { markdown: paragraphs(figuresTable(figures), crowdsTable(figures)) };
  },
};

const unknown = "not measured yet";

function figuresTable(of: CapacityFigures): string {
  const row = (name: string, figure: Sourced | undefined, show: (value: number) => string) => [
    name,
    figure === undefined ? unknown : show(figure.value),
    figure?.source ?? "–",
  ];
  return markdownTable([
    ["figure", "value", "from"],
    row(
      "`cpu.quiet`: server CPU per delivery at low load",
      of.quietCpuUs,
      (us) => `${fixed(us, 2)} µs`,
    ),
    row(
      "`cpu.busy`: the same, small rooms at full load",
      of.busyCpuUs,
      (us) => `${fixed(us, 2)} µs`,
    ),
    row("`connection`: memory of an idle connection", of.bytesPerConnection, kilobytes),
    row("`start`: memory of a server that has just started", of.bytesAtStart, megabytes),
    row("`frame`: bytes of a delivery", of.bytesPerDelivery, (bytes) => `${fixed(bytes, 0)} B`),
    row("`log`: messages a second through hub and log", of.logPerSecond, shortCount),
    row("`return`: people a second who come back at once", of.returnsPerSecond, grouped),
  ]);
}

const kilobytes = (bytes: number): string => `${fixed(bytes / 1024, 2)} KB`;
const megabytes = (bytes: number): string => `${fixed(bytes / 1e6, 0)} MB`;

function crowdsTable(of: CapacityFigures): string {
  const rows = crowds.map((crowd) => {
    const need = needOf(crowd, of);
    return [
      grouped(crowd.online),
      String(crowd.messagesPerMinute),
      grouped(crowd.members),
      grouped(need.messagesPerSecond),
      grouped(need.deliveriesPerSecond),
      coresOf(need),
      shown(need.memoryBytes, memoryOf),
      shown(need.bitsPerSecond, bitsOf),
      shown(need.logShare, (share) => `${(share * 100).toPrecision(2)} %`),
      shown(need.secondsUntilBack, (seconds) => `${fixed(seconds, seconds < 10 ? 1 : 0)} s`),
    ];
  });
  const headings = [
    "online",
    "messages a minute each",
    "members who hear one",
    "messages/s",
    "deliveries/s",
  ];
  const needs = ["cores", "memory", "network out", "of the log", "all back after"];
  return markdownTable([[...headings, ...needs], ...rows]);
}

const shown = (value: number | undefined, show: (value: number) => string): string =>
  value === undefined ? unknown : show(value);

/** In tenths below ten, so that a tenth of a core is not told as one. */
function coresOf({ cores }: Need): string {
  if (cores === undefined) return unknown;
  const [fewest, most] = cores.map((count) => (count < 10 ? fixed(count, 1) : grouped(count)));
  if (cores[1] < 0.1) return "under 0.1";
  return fewest === most ? `${most}` : `${fewest}–${most}`;
}

const memoryOf = (bytes: number): string =>
  bytes < 1e9 ? megabytes(bytes) : `${fixed(bytes / 1e9, 1)} GB`;

const bitsOf = (bits: number): string =>
  bits < 1e9 ? `${fixed(bits / 1e6, bits < 1e7 ? 1 : 0)} Mbit/s` : `${fixed(bits / 1e9, 1)} Gbit/s`;
