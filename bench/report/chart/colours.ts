// The few colours of the charts: Maru stands out, the others step back.
// Told apart by lightness as well as by hue, so that the hue need not be seen.

import type { Role } from "../../servers/candidate-names.ts";

export const roleColours: Readonly<Record<Role, string>> = {
  ours: "#005fa8",
  "ours-too": "#74b3e2",
  reference: "#4b5563",
  peer: "#b9c0ca",
};

/** Of lines: a shape goes with each colour, and a darker shade for what is written beside it. */
export const lineStyles: Readonly<Record<Role, LineStyle>> = {
  ours: { colour: "#005fa8", text: "#005fa8", symbol: "circle" },
  "ours-too": { colour: "#74b3e2", text: "#2b78ae", symbol: "emptyCircle" },
  reference: { colour: "#4b5563", text: "#4b5563", symbol: "rect" },
  peer: { colour: "#a3abb7", text: "#6b7280", symbol: "triangle" },
};

interface LineStyle {
  readonly colour: string;
  readonly text: string;
  readonly symbol: string;
}

export const ink = {
  strong: "#111827",
  text: "#374151",
  faint: "#6b7280",
  line: "#e5e7eb",
  axis: "#9ca3af",
  limit: "#b42318",
  paper: "#ffffff",
  edge: "#d8dce2",
} as const;
