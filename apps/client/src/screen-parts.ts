// The full screen in parts, for a program that drives it without a process: what makes pictures of it.

export { ScreenSession } from "./modes/screen/screen-session.ts";
export { bindingsOf } from "./screen/keys/bindings.ts";
export { createScreenModel, type ScreenModel } from "./screen/model/screen-model.ts";
export { screenFrame } from "./screen/view/screen-frame.ts";
export { ClientConfig } from "./settings/client-config.ts";
export { screenSettingsOf } from "./settings/screen-settings-of.ts";
export { MovingStore } from "./store/moving-store.ts";
export { noStore } from "./store/no-store.ts";
