// What a conversation looks like, row by row, at the widths that people have.

import { describe, expect, test } from "bun:test";
import { conversing, drawn, sampleItems } from "../../../test/fixtures/sample-conversation.ts";

const model = conversing(sampleItems, {}, { divider: 5 });
const ascii = { ...model, settings: { ...model.settings, isAscii: true, hours: 12 } as const };

describe("the sample conversation", () => {
  test("in 40 columns has nicks above their texts", () => {
    expect(drawn(model, 40, 60)).toEqual([
      "─────── Sunday 22 November 2026 ────────",
      "ann 09:00",
      "  good morning, shall we deploy at ten?",
      "· the build is green (edited)",
      "지호 09:02",
      "  ↳ ann: good morning, shall we deploy …",
      "  네 좋아요 👍🏽 배포 전에 데이터베이스 백",
      "  업을 먼저 확인해 주세요",
      "  → cat, dan  ← eve",
      "* bob waves",
      "bob 09:05",
      "  see",
      "  https://example.org/wiki/%EC%84%9C%EC%",
      "  9A%B8?from=chat&page=2&section=history",
      "  #the-long-way-round.",
      "  👍 2 ann, mina  🎉 9 cat and 8 more",
      "mina 09:06",
      "  run `make ship`:",
      "      one",
      "      two",
      "- ann set the topic: 배포와 장애 대응 🚢",
      "- COMMAND   WHAT",
      "  /join     enters a room",
      "! there is no command /foo",
      "────── messages are missing here ───────",
      "─────── Monday 23 November 2026 ────────",
      "──────────────── unread ────────────────",
      "averyveryverylongnickname 08:00",
      "▌ @mina look",
      "ann 08:01",
      "  ↳ 지호: 네 좋아요 👍🏽 배포 전에 데이터…",
      "  (taken back)",
    ]);
  });

  test("in 80 columns has columns for time and nick", () => {
    expect(drawn(model, 80, 60)).toEqual([
      "─────────────────────────── Sunday 22 November 2026 ────────────────────────────",
      "09:00          ann │ good morning, shall we deploy at ten?",
      "09:01              │ the build is green (edited)",
      "                   │ ↳ ann: good morning, shall we deploy at ten?",
      "09:02         지호 │ 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확인해 주세",
      "                   │ 요",
      "09:03              │ → cat, dan  ← eve",
      "09:04            * │ bob waves",
      "09:05          bob │ see",
      "                   │ https://example.org/wiki/%EC%84%9C%EC%9A%B8?from=chat&page=",
      "                   │ 2&section=history#the-long-way-round.",
      "                   │ 👍 2 ann, mina  🎉 9 cat and 8 more",
      "09:06         mina │ run `make ship`:",
      "                   │     one",
      "                   │     two",
      "09:07           -- │ ann set the topic: 배포와 장애 대응 🚢",
      "09:08           -- │ COMMAND   WHAT",
      "                   │ /join     enters a room",
      "09:08           !! │ there is no command /foo",
      "────────────────────────── messages are missing here ───────────────────────────",
      "─────────────────────────── Monday 23 November 2026 ────────────────────────────",
      "──────────────────────────────────── unread ────────────────────────────────────",
      "08:00 averyveryve… ▌ @mina look",
      "                   │ ↳ 지호: 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확…",
      "08:01          ann │ (taken back)",
    ]);
  });

  test("in 120 columns has room for longer nicks", () => {
    expect(drawn(model, 120, 60)).toEqual([
      "─────────────────────────────────────────────── Sunday 22 November 2026 ────────────────────────────────────────────────",
      "09:00              ann │ good morning, shall we deploy at ten?",
      "09:01                  │ the build is green (edited)",
      "                       │ ↳ ann: good morning, shall we deploy at ten?",
      "09:02             지호 │ 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확인해 주세요",
      "09:03                  │ → cat, dan  ← eve",
      "09:04                * │ bob waves",
      "09:05              bob │ see",
      "                       │ https://example.org/wiki/%EC%84%9C%EC%9A%B8?from=chat&page=2&section=history#the-long-way-round",
      "                       │ .",
      "                       │ 👍 2 ann, mina  🎉 9 cat and 8 more",
      "09:06             mina │ run `make ship`:",
      "                       │     one",
      "                       │     two",
      "09:07               -- │ ann set the topic: 배포와 장애 대응 🚢",
      "09:08               -- │ COMMAND   WHAT",
      "                       │ /join     enters a room",
      "09:08               !! │ there is no command /foo",
      "────────────────────────────────────────────── messages are missing here ───────────────────────────────────────────────",
      "─────────────────────────────────────────────── Monday 23 November 2026 ────────────────────────────────────────────────",
      "──────────────────────────────────────────────────────── unread ────────────────────────────────────────────────────────",
      "08:00 averyveryverylo… ▌ @mina look",
      "                       │ ↳ 지호: 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확인해 주세요",
      "08:01              ann │ (taken back)",
    ]);
  });

  test("in 200 columns breaks nothing", () => {
    const rows = drawn(model, 200, 60).map((row) => row.replace(/^─+ (.*) ─+$/, "$1"));
    expect(rows).toEqual([
      "Sunday 22 November 2026",
      "09:00              ann │ good morning, shall we deploy at ten?",
      "09:01                  │ the build is green (edited)",
      "                       │ ↳ ann: good morning, shall we deploy at ten?",
      "09:02             지호 │ 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확인해 주세요",
      "09:03                  │ → cat, dan  ← eve",
      "09:04                * │ bob waves",
      "09:05              bob │ see https://example.org/wiki/%EC%84%9C%EC%9A%B8?from=chat&page=2&section=history#the-long-way-round.",
      "                       │ 👍 2 ann, mina  🎉 9 cat and 8 more",
      "09:06             mina │ run `make ship`:",
      "                       │     one",
      "                       │     two",
      "09:07               -- │ ann set the topic: 배포와 장애 대응 🚢",
      "09:08               -- │ COMMAND   WHAT",
      "                       │ /join     enters a room",
      "09:08               !! │ there is no command /foo",
      "messages are missing here",
      "Monday 23 November 2026",
      "unread",
      "08:00 averyveryverylo… ▌ @mina look",
      "                       │ ↳ 지호: 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확인해 주세요",
      "08:01              ann │ (taken back)",
    ]);
  });

  test("for copying has no columns at all", () => {
    expect(drawn({ ...model, isBare: true }, 60, 60)).toEqual([
      "──── Sunday 22 November 2026 ────",
      "ann: good morning, shall we deploy at ten?",
      "ann: the build is green (edited)",
      "↳ ann: good morning, shall we deploy at ten?",
      "지호: 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확인해",
      "주세요",
      "→ cat, dan  ← eve",
      "* bob waves",
      "bob: see",
      "https://example.org/wiki/%EC%84%9C%EC%9A%B8?from=chat&page=2",
      "&section=history#the-long-way-round.",
      "👍 2 ann, mina  🎉 9 cat and 8 more",
      "mina: run `make ship`:",
      "    one",
      "    two",
      "ann set the topic: 배포와 장애 대응 🚢",
      "-- COMMAND   WHAT",
      "/join     enters a room",
      "!! there is no command /foo",
      "── messages are missing here ──",
      "──── Monday 23 November 2026 ────",
      "──── unread ────",
      "averyveryverylongnickname: @mina look",
      "↳ 지호: 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확…",
      "ann: (taken back)",
    ]);
  });

  test("in ASCII, with hours to 12, is drawn with what every terminal has", () => {
    expect(drawn(ascii, 80, 60)).toEqual([
      "--------------------------- Sunday 22 November 2026 ----------------------------",
      " 9:00am          ann | good morning, shall we deploy at ten?",
      " 9:01am              | the build is green (edited)",
      "                     | > ann: good morning, shall we deploy at ten?",
      " 9:02am         지호 | 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확인해 주",
      "                     | 세요",
      " 9:03am              | -> cat, dan  <- eve",
      " 9:04am            * | bob waves",
      " 9:05am          bob | see",
      "                     | https://example.org/wiki/%EC%84%9C%EC%9A%B8?from=chat&pag",
      "                     | e=2&section=history#the-long-way-round.",
      "                     | 👍 2 ann, mina  🎉 9 cat and 8 more",
      " 9:06am         mina | run `make ship`:",
      "                     |     one",
      "                     |     two",
      " 9:07am           -- | ann set the topic: 배포와 장애 대응 🚢",
      " 9:08am           -- | COMMAND   WHAT",
      "                     | /join     enters a room",
      " 9:08am           !! | there is no command /foo",
      "-------------------------- messages are missing here ---------------------------",
      "--------------------------- Monday 23 November 2026 ----------------------------",
      "------------------------------------ unread ------------------------------------",
      " 8:00am averyveryve~ ! @mina look",
      "                     | > 지호: 네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 ~",
      " 8:01am          ann | (taken back)",
    ]);
  });
});
