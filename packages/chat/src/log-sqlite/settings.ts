// What can be set about the log in SQLite: what rooms keep, what is in memory as well, how large the
// write-ahead log gets. Each with its bounds, its default and its meaning; the log reads them by name.

import { count, defaultsOf, setting } from "@maru/settings";
import type * as z from "zod";
import type { MarkerBounds } from "./marker-rows.ts";
import type { RetentionBounds } from "./retention-bounds.ts";

const msPerDay = 86_400_000;

/** In the order in which they are shown. */
export const sqliteSettings = {
  keepDays: setting(count(0, 36_500).default(0), {
    description: "days that a room keeps an entry; 0 = for ever",
    value: "N",
    section: "Storage",
  }),
  keepEntries: setting(count(0).default(0), {
    description: "entries that a room keeps, the newest; 0 = all",
    value: "N",
    section: "Storage",
  }),
  keepBytes: setting(count(0).default(0), {
    description: "bytes of entries that a room keeps, of the newest; 0 = all",
    value: "BYTES",
    section: "Storage",
  }),
  markersPerAccount: setting(count(1).default(1_000), {
    description: "rooms of which one account's place is kept; the one set longest ago goes",
    value: "N",
    section: "Storage",
  }),
  keepMarkerDays: setting(count(0, 36_500).default(365), {
    description: "days that such a place is kept without being set again; 0 = for ever",
    value: "N",
    section: "Storage",
  }),
  recentEntries: setting(count(0, 65_536).default(512), {
    description: "newest entries of a room that are kept in memory as well",
    value: "N",
    section: "Storage",
  }),
  recentRoomBytes: setting(count(0).default(524_288), {
    description: "bytes of these",
    value: "BYTES",
    section: "Storage",
  }),
  recentBytes: setting(count(0).default(67_108_864), {
    description: "bytes of these over all rooms; those used longest ago go first",
    value: "BYTES",
    section: "Storage",
  }),
  walBytes: setting(count(1_048_576).default(16_777_216), {
    description: "bytes of the write-ahead log above which a commit waits until it is moved",
    value: "BYTES",
    section: "Storage",
  }),
};

export type SqliteSettings = Readonly<z.output<z.ZodObject<typeof sqliteSettings>>>;

export const defaultSqliteSettings: SqliteSettings = defaultsOf(sqliteSettings);

export function retentionOf({ keepDays, keepEntries, keepBytes }: SqliteSettings): RetentionBounds {
  return { keepMs: msOf(keepDays), keepEntries, keepBytes };
}

export function markerBoundsOf(settings: SqliteSettings): MarkerBounds {
  const { markersPerAccount, keepMarkerDays } = settings;
  return { markersPerAccount, keepMarkerMs: msOf(keepMarkerDays) };
}

/** Whole, as all times are that it is compared with. */
const msOf = (days: number): number => Math.round(days * msPerDay);
