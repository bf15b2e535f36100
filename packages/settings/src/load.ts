// Reading settings: the bounded file, the order of the sources, what is said about what is wrong.

export { ConfigError } from "./config-error.ts";
export { didYouMean, nearest } from "./did-you-mean.ts";
export { type IssueWords, issueLines } from "./issue-lines.ts";
export { type Layer, type Layered, layerSettings } from "./layers.ts";
export { type GivenSettings, loadSettings, type VariableNames } from "./load-settings.ts";
export { parseSettingsTable } from "./parse-settings-table.ts";
export { readSettingsFile, type SettingsFile, settingsBytesMax } from "./read-settings-file.ts";
export {
  baseDirectory,
  isAbsent,
  placeText,
  type SettingsPlace,
  settingsPlace,
} from "./settings-place.ts";
export { type UnknownVariable, unknownVariables } from "./unknown-variables.ts";
