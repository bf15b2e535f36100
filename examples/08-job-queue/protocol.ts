// What both ends of 08-job-queue know: `done` and `job` are answers that come when there is one.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

const text = z
  .string()
  .max(1024)
  .regex(/^\P{Cc}*$/u);
const n = z.int();

export const jobs = defineProtocol({
  name: "jobs",
  version: 1,
  commands: {
    submit: { in: { text }, reply: "done", out: { result: text } },
    take: { in: {}, reply: "job", out: { n, text } },
    finish: { in: { n, result: text }, reply: "finished", out: {} },
  },
});
