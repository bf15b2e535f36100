// Names of people and rooms: what is allowed, how two are compared, how a direct room is called.
// Pure; both the hub and the clients judge by it, so a person learns at once what is wrong.

import { foldText } from "./fold.ts";
import { skeletonOf } from "./look-alikes.ts";
import { hasMixedDigits, isSingleScript } from "./scripts.ts";

declare const brand: unique symbol;
/** A valid nick in NFC, as its owner writes it. */
export type Nick = string & { readonly [brand]: "nick" };
/** A valid room name in NFC, as its first visitor wrote it. */
export type RoomName = string & { readonly [brand]: "room" };
/** A name folded for comparison: equal keys, equal names. */
export type NameKey = string & { readonly [brand]: "key" };

export type Parsed<T> =
  | { readonly ok: true; readonly name: T; readonly key: NameKey }
  | { readonly ok: false; readonly problem: string };

export const nameGraphemesMax = 32;
/** More marks than this on one letter are decoration that spills over its neighbours' lines. */
const marksPerGraphemeMax = 4;
/** Some scripts join letters into one grapheme without end: bound what counts as one. */
const graphemeCodePointsMax = 8;

/** UTF-16 units of the longest name that the two bounds above allow. */
const nameUnitsMax = nameGraphemesMax * graphemeCodePointsMax * 2;
/** So many units may become one when a name is composed (`ᾧ`): what is longer is too long in any form. */
const composedUnitsMax = 4;
const tooLong = `it is longer than ${nameGraphemesMax} characters`;

const allowed = /^[\p{L}\p{M}\p{N}._-]+$/u;
/** Letters and marks that draw nothing: fillers, joiners, variation selectors. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;
/** What NFC leaves of conjoining Hangul is not a syllable, and has no bound of its own. */
const looseJamo = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/;
const markRun = new RegExp(`\\p{M}{${marksPerGraphemeMax + 1},}`, "u");
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/** What most names are; none of the rules below can refuse it. */
const plainName = new RegExp(`^[A-Za-z0-9._-]{1,${nameGraphemesMax}}$`);

/** Names of Hangul syllables: folding leaves them as they are, and no rule can refuse them either. */
const plainHangul = new RegExp(`^[가-힣0-9._-]{1,${nameGraphemesMax}}$`);

/** Folds case and compatibility forms: `Ｍaru`, `MARU` and `maru` have one key. */
export function foldName(name: string): NameKey {
  return foldText(name) as NameKey;
}

/**
 * What a reader sees of a name: equal skeletons look alike.
 *
 * Give it the name as written: some capitals resemble other letters than their small ones do.
 */
export function nickSkeleton(name: Nick | NameKey): string {
  return skeletonOf(name);
}

/** Nicks that would pass for the server itself; they and their look-alikes can't be taken. */
const reserved = new Set(
  ["admin", "administrator", "maru", "moderator", "operator", "root", "server", "system"].map(
    (name) => skeletonOf(name),
  ),
);

/** The name as it is written; nothing of it costs more than its length. */
function problemAsWritten(name: string): string | null {
  if (name === "") return "it is empty";
  if (name.length > nameUnitsMax) return tooLong;
  if (!allowed.test(name)) return "use letters, digits, - _ and . only";
  if (invisible.test(name)) return "a character of it can't be seen";
  if (/^\p{M}/u.test(name)) return "it can't begin with a combining mark";
  if (looseJamo.test(name)) return "its Hangul doesn't form syllables";
  if (markRun.test(name.normalize("NFD"))) return "a letter has too many marks";
  const letters = [...graphemes.segment(name)].map(({ segment }) => [...segment].length);
  if (Math.max(...letters) > graphemeCodePointsMax) return "a letter has too many parts";
  return letters.length > nameGraphemesMax ? tooLong : null;
}

/** The name as it is compared: a character may fold to eighteen (`ﷺ`), and look like others (`𝐚`). */
function problemAsFolded(key: string): string | null {
  if (!allowed.test(key)) return "use letters, digits, - _ and . only";
  if (!isSingleScript(key)) return "its letters are of more than one script";
  if (hasMixedDigits(key)) return "its digits are of more than one script";
  return null;
}

/** In this order: what is too long is never folded. */
function parsePlain<T extends string>(raw: string): Parsed<T> {
  if (plainName.test(raw)) return { ok: true, name: raw as T, key: raw.toLowerCase() as NameKey };
  if (plainHangul.test(raw)) return { ok: true, name: raw as T, key: raw as string as NameKey };
  const name = raw.length > nameUnitsMax * composedUnitsMax ? raw : raw.normalize("NFC");
  const written = problemAsWritten(name);
  if (written !== null) return { ok: false, problem: written };
  const key = foldName(name);
  const folded = problemAsFolded(key);
  if (folded !== null) return { ok: false, problem: folded };
  return { ok: true, name: name as T, key };
}

/** Judges a nick. The problem reads after "the nick …": it names what to change. */
export function parseNick(raw: string): Parsed<Nick> {
  const parsed = parsePlain<Nick>(raw);
  if (parsed.ok && reserved.has(skeletonOf(parsed.name))) {
    return { ok: false, problem: "it is reserved" };
  }
  return parsed;
}

/** Judges a room name; `@a+b` is the room of two people. */
export function parseRoom(raw: string): Parsed<RoomName> {
  if (!raw.startsWith("@")) return parsePlain<RoomName>(raw);
  const nicks = raw.slice(1).split("+");
  if (nicks.length !== 2) return { ok: false, problem: "a direct room is written @a+b" };
  const [one, other] = nicks.map((nick) => parseNick(nick)) as [Parsed<Nick>, Parsed<Nick>];
  if (!one.ok) return one;
  if (!other.ok) return other;
  return directRoom(one, other);
}

/** The room of two people: the same for both. A room with oneself is a notebook. */
export function directRoom(
  one: { name: Nick; key: NameKey },
  other: { name: Nick; key: NameKey },
): Parsed<RoomName> & { ok: true } {
  const [first, second] = one.key <= other.key ? [one, other] : [other, one];
  return {
    ok: true,
    name: `@${first.name}+${second.name}` as RoomName,
    key: `@${first.key}+${second.key}` as NameKey,
  };
}

/** The two nick keys of a direct room's key, or null for any other room. */
export function directParticipants(room: NameKey): readonly [NameKey, NameKey] | null {
  if (!room.startsWith("@")) return null;
  return room.slice(1).split("+") as [NameKey, NameKey];
}
