// All generated parts, by the page that they stand in. Adding one is adding it here and a block to
// the page.

import { barSection } from "./sections/bar.ts";
import { capacitySection } from "./sections/capacity.ts";
import { clientSection } from "./sections/client.ts";
import { curveSection } from "./sections/curve.ts";
import { fanoutSection } from "./sections/fanout.ts";
import { historySection } from "./sections/history.ts";
import { idleSection } from "./sections/idle.ts";
import { latencySection, slowSection } from "./sections/latency.ts";
import { bestSection, limitsSection } from "./sections/limits.ts";
import { machineSection, sourcesSection } from "./sections/machine.ts";
import { koreanReadmeSection, readmeSection } from "./sections/readme.ts";
import type { Section } from "./sections/section.ts";
import { startSection } from "./sections/start.ts";
import { resumeSection, stormSection } from "./sections/storms.ts";
import { trafficSection } from "./sections/traffic.ts";

const performanceSections: readonly Section[] = [
  machineSection,
  barSection,
  fanoutSection,
  latencySection,
  slowSection,
  trafficSection,
  idleSection,
  stormSection,
  resumeSection,
  historySection,
  startSection,
  clientSection,
  curveSection,
  limitsSection,
  bestSection,
  capacitySection,
  sourcesSection,
];

export const pages = {
  "docs/performance.md": performanceSections,
  "README.md": [readmeSection],
  "README.ko.md": [koreanReadmeSection],
} as const satisfies Readonly<Record<string, readonly Section[]>>;
