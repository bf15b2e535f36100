// All that `bun run bench` can do, by the names of the command line. A new benchmark is a line here.

import type { Task } from "./harness/command-line.ts";
import { keep } from "./report/keep.ts";
import { report } from "./report/report.ts";
import { install } from "./servers/install.ts";
import { bar } from "./suites/bar.ts";
import { client } from "./suites/client.ts";
import { curve } from "./suites/curve.ts";
import { fanout } from "./suites/fanout.ts";
import { guard } from "./suites/guard.ts";
import { history } from "./suites/history.ts";
import { idle } from "./suites/idle.ts";
import { isolation } from "./suites/isolation.ts";
import { lab } from "./suites/lab.ts";
import { limits } from "./suites/limits.ts";
import { micro } from "./suites/micro.ts";
import { resume } from "./suites/resume.ts";
import { slow } from "./suites/slow.ts";
import { start } from "./suites/start.ts";
import { storm } from "./suites/storm.ts";
import { traffic } from "./suites/traffic.ts";

/** Each checks its own options when it reads them, so that their types are of no more interest here. */
export const tasks = [
  ...[bar, client, curve, fanout, guard, history, idle, install, isolation, keep, lab, limits],
  ...[micro, report, resume, slow, start, storm, traffic],
] as readonly Task[];
