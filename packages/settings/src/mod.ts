// Declaring settings: kinds of values, the names outside, and the rows that are shown. Reads nothing.

export { type DefaultFile, defaultFile } from "./default-file.ts";
export {
  autoOr,
  count,
  defaultsOf,
  described,
  offOr,
  oneOf,
  pickSettings,
  port,
  type SettingMeta,
  setting,
  text,
} from "./setting.ts";
export {
  bySection,
  envName,
  flagName,
  helpOf,
  listSettings,
  type Setting,
} from "./setting-list.ts";
export {
  listTables,
  type SettingRow,
  type SettingTable,
  type SettingTables,
  tomlKey,
} from "./setting-tables.ts";
