// The C programs of the fan-out bench and where their sources are. Compiles them on first use.

import { join } from "node:path";
import { compileC, compilerVersion } from "../harness/compile-c.ts";
import { benchDir } from "../harness/places.ts";

const loadDir = join(benchDir, "load/c");
const referenceDir = join(benchDir, "servers/reference");
const shared = ["listener.c", "frame-buffer.c"];

/** Paths of the compiled programs. */
export interface Programs {
  readonly load: string;
  readonly coalescing: string;
  readonly chapter: string;
}

/** Why they cannot be built here, in one line for a person; undefined where they can. */
export function buildObstacle(): string | undefined {
  if (process.platform !== "linux") return "the load generator needs Linux: it is built on epoll";
  if (compilerVersion() !== undefined) return undefined;
  return "no C compiler (cc): the load generator is C, so there is nothing to measure";
}

/** Throws where they cannot be built, with the obstacle or the compiler's words. */
export function buildPrograms(): Programs {
  const obstacle = buildObstacle();
  if (obstacle !== undefined) throw new Error(obstacle);
  return {
    load: compileC({ name: "load", dir: loadDir }),
    coalescing: compileC({
      name: "coalescing",
      dir: referenceDir,
      sources: ["coalescing.c", "member.c", ...shared],
    }),
    chapter: compileC({
      name: "chapter",
      dir: referenceDir,
      sources: ["chapter.c", "task-queue.c", ...shared],
    }),
  };
}
