// The one thing that OpenTUI draws: a frame of spans, painted into its buffer cell by cell. What the
// frame does not cover is blank in the theme's ground. Knows nothing of what the spans mean.

import {
  type OptimizedBuffer,
  Renderable,
  type RenderContext,
  TextAttributes,
} from "@opentui/core";
import type { Frame, Row, Size } from "../frame/frame.ts";
import { cellWidth } from "../text/cell-width.ts";
import { type Avoided, drawnText, nothingAvoided } from "../text/drawn-text.ts";
import type { Look, Looks } from "../theme/theme.ts";
import { addressOf, Links } from "./links.ts";

export interface PageOptions {
  readonly frame: (size: Size) => Frame;
  readonly looks: () => Looks;
  /** Where the cursor stands in the frame just painted; null: hidden. */
  readonly caret: (at: { x: number; y: number } | null) => void;
  /** What the terminal counts otherwise; nothing, if it is not said. */
  readonly avoided?: () => Avoided;
}

export class Page extends Renderable {
  readonly #options: PageOptions;
  #links: Links | null = null;

  constructor(context: RenderContext, options: PageOptions) {
    super(context, { width: "100%", height: "100%" });
    this.#options = options;
  }

  protected override renderSelf(buffer: OptimizedBuffer): void {
    const size = { width: buffer.width, height: buffer.height };
    const frame = this.#options.frame(size);
    for (let y = 0; y < size.height; y += 1) {
      this.#paintRow(buffer, frame.rows[y] ?? [], y, size.width);
    }
    this.#links?.forgetUnshown();
    const { caret } = frame;
    const isInside = caret !== null && caret.x < size.width && caret.y < size.height;
    this.#options.caret(isInside ? caret : null);
  }

  #paintRow(buffer: OptimizedBuffer, row: Row, y: number, width: number): void {
    const looks = this.#options.looks();
    const avoided = this.#options.avoided?.() ?? nothingAvoided;
    let x = 0;
    for (const { text, role, link } of row) {
      if (x >= width) return;
      const look = looks.get(role);
      if (look === undefined || text === "") continue;
      const cells = cellWidth(text);
      // A link that is cut stays plain: OpenTUI would wrap it. So does an inverse one, whose colours
      // it would exchange twice.
      const mayLead = link !== undefined && x + cells <= width && !isInverse(look);
      const address = mayLead ? addressOf(link) : null;
      if (address !== null) {
        this.#links ??= new Links(this.ctx.nativeScene);
        this.#links.draw(buffer, drawnText(text, avoided), address, { x, y }, look);
      } else paint(buffer, drawnText(text, avoided), x, y, look);
      x += cells;
    }
    const ground = looks.get("text");
    if (x < width && ground !== undefined) paint(buffer, " ".repeat(width - x), x, y, ground);
  }
}

const isInverse = (look: Look) => (look.attributes & TextAttributes.INVERSE) !== 0;

function paint(buffer: OptimizedBuffer, text: string, x: number, y: number, look: Look): void {
  buffer.drawText(text, x, y, look.fg, look.bg, look.attributes);
}
