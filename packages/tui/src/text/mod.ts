// What terminals show: graphemes and their widths, wrapping, and text made harmless.

export { cellWidth, cutToWidth, padToWidth } from "./cell-width.ts";
export { avoiding, drawnText } from "./drawn-text.ts";
export { emojiNames } from "./emoji-names.ts";
export { graphemeBoundary, graphemesOf, previousGrapheme } from "./graphemes.ts";
export { linksOf } from "./links.ts";
export { sanitize, sanitizeLine, sanitizeScreen, sanitizeScreenLine } from "./sanitize.ts";
export { symbolClasses } from "./symbol-classes.ts";
export { type SymbolSpec, type SymbolTableWords, symbolTable } from "./symbol-table.ts";
export { wrap } from "./wrap.ts";
