// Text that leads to an address, for terminals that follow links (OSC 8). OpenTUI draws such text
// only from its own text buffers: this makes one for each that is shown, and lets it go with it.

import {
  type NativeResourceOwner,
  type OptimizedBuffer,
  StyledText,
  TextBuffer,
  TextBufferView,
} from "@opentui/core";
import type { Look } from "../theme/theme.ts";

/** OpenTUI's own bound is 512 bytes. */
const addressUnitsMax = 500;
const address = /^https?:\/\/[!-~]+$/;

interface Drawn {
  readonly text: TextBuffer;
  readonly view: TextBufferView;
  isShown: boolean;
}

/** The address as a terminal takes it, in ASCII; null: it is none that a text may lead to. */
export function addressOf(link: string): string | null {
  if (link.length > addressUnitsMax) return null;
  const href = URL.parse(link)?.href ?? "";
  return href.length <= addressUnitsMax && address.test(href) ? href : null;
}

export class Links {
  readonly #owner: NativeResourceOwner;
  readonly #drawn = new Map<string, Drawn>();

  constructor(owner: NativeResourceOwner) {
    this.#owner = owner;
  }

  draw(
    buffer: OptimizedBuffer,
    text: string,
    link: string,
    at: { x: number; y: number },
    look: Look,
  ) {
    // A look is the same object for as long as its theme is.
    const key = `${look.attributes} ${look.fg} ${look.bg} ${link} ${text}`;
    let drawn = this.#drawn.get(key);
    if (drawn === undefined) {
      drawn = this.#make(text, link, look);
      this.#drawn.set(key, drawn);
    }
    drawn.isShown = true;
    buffer.drawTextBuffer(drawn.view, at.x, at.y);
  }

  /** After each frame: what it did not show is let go. */
  forgetUnshown(): void {
    for (const [key, drawn] of this.#drawn) {
      if (drawn.isShown) drawn.isShown = false;
      else {
        this.#drawn.delete(key);
        drawn.view.destroy();
        drawn.text.destroy();
      }
    }
  }

  #make(text: string, url: string, look: Look): Drawn {
    const buffer = TextBuffer.create("unicode", this.#owner);
    buffer.setStyledText(new StyledText([{ __isChunk: true, text, ...look, link: { url } }]));
    return { text: buffer, view: TextBufferView.create(buffer), isShown: true };
  }
}
