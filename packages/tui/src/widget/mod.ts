// What programs put on a screen: lists to scroll over.

export type { Anchor, ItemList, Place } from "./row-walk.ts";
export { anchorAtItem, type Scrolled, scrollBy, type Viewport, visiblePart } from "./viewport.ts";
