// What lies over the conversation, whichever it is, in its box. Pure.

import type { Size } from "@maru/tui/frame";
import {
  type BoxArea,
  type BoxContent,
  type BoxView,
  boxed,
  innerSize,
  pasteContent,
  textRows,
} from "@maru/tui/widget";
import type { ScreenModel } from "../../screen/model/screen-model.ts";
import { layoutOf, overlayArea } from "../layout.ts";
import { symbolsOf } from "../symbols.ts";
import { askContent } from "./overlay-ask.ts";
import { keysContent, keysRowCount } from "./overlay-keys.ts";
import { listContent } from "./overlay-list.ts";
import { partsContent } from "./overlay-parts.ts";
import { textContent } from "./overlay-text.ts";

export function overlayView(model: ScreenModel, area: BoxArea): BoxView | null {
  const content = overlayContent(model, innerSize(area));
  return content === null ? null : boxed(content, area, symbolsOf(model.settings.isAscii));
}

/** At most `size.height` rows. */
export function overlayContent(model: ScreenModel, size: Size): BoxContent | null {
  const { overlay, settings } = model;
  switch (overlay?.kind) {
    case "text":
      return textContent(model, overlay, size);
    case "keys":
      return keysContent(model, overlay, size);
    case "list":
      return listContent(model, overlay, size);
    case "ask":
      return askContent(model, overlay, size);
    case "parts":
      return partsContent(model, overlay, size);
    case "paste":
      return pasteContent(overlay, size, symbolsOf(settings.isAscii), settings.isAscii);
    default:
      return null;
  }
}

/** How far a text on top can be scrolled: the greatest `top`, and the rows of a page; null: none is. */
export function overlayScroll(model: ScreenModel): { topMax: number; page: number } | null {
  const { overlay } = model;
  if (overlay?.kind !== "text" && overlay?.kind !== "keys") return null;
  const size = innerSize(overlayArea(layoutOf(model)));
  const rows =
    overlay.kind === "text" ? textRows(overlay.text, size.width).length : keysRowCount(model, size);
  return { topMax: Math.max(0, rows - size.height), page: size.height };
}
