// What the client's reference is made of: its command line, keys and settings, as data.

export { createCommand } from "./cli/command-line.ts";
export { commandNotes } from "./cli/command-notes.ts";
export { exitCodes } from "./cli/exit-codes.ts";
export { type ActionName, actions } from "./screen/keys/actions.ts";
export { bindingsOf } from "./screen/keys/bindings.ts";
export { keyHelp } from "./screen/keys/key-help.ts";
export { environmentVariables, loadEnvironment } from "./settings/load-config.ts";
export { settingRows, settingTables } from "./settings/setting-list.ts";
