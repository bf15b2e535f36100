// Lines of a pipe: cut, joined, packed, cleaned.

export { type Cleaning, cleaningHint, cleanText, InputCleaner } from "./input-cleaner.ts";
export { type Cut, InputError, LineCutter } from "./line-cutter.ts";
export { LineJoiner } from "./line-joiner.ts";
export { pack } from "./pack.ts";
export { partsOf } from "./parts.ts";
export { textProblem } from "./text-problem.ts";
