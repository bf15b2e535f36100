// What a person does at the terminal, whatever reads it from there.

import type { Size } from "../frame/frame.ts";

export type TerminalInput =
  /** A key: its chord, and what it types when it is bound to nothing ("" when it types nothing). */
  | { readonly type: "key"; readonly chord: string; readonly text: string }
  /** Bracketed paste, whole; `isCut`: it was too long by `bytesOver`, or its end never came. */
  | {
      readonly type: "paste";
      readonly text: string;
      readonly isCut: boolean;
      readonly bytesOver?: number;
    }
  | { readonly type: "resized"; readonly size: Size }
  | { readonly type: "focused"; readonly isFocused: boolean }
  /** Only with the mouse on; from 0. */
  | { readonly type: "clicked"; readonly x: number; readonly y: number }
  /** `rows`: below 0 towards what is older. */
  | { readonly type: "wheel"; readonly x: number; readonly y: number; readonly rows: number };
