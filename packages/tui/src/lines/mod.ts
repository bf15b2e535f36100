// Programs that go by lines: what is typed below what is shown, on a terminal or on pipes.

export { createPlainScreen, type LineScreen } from "./line-screen.ts";
export { createPaint, type Paint } from "./paint.ts";
export { createPromptScreen } from "./prompt-screen.ts";
