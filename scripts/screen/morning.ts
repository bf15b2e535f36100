// The scene of the pictures: a Monday morning of a team in Seoul, as mina sees it. What others do goes
// through the real server; what mina does are keys.

import { roomKey } from "@maru/sdk/chat";
import { type ChatFixture, openChatFixture } from "./chat-fixture.ts";
import { ScreenDriver } from "./screen-driver.ts";

/** What mina says on a slow line. */
export const lateText = "점심은 어디로 갈까요?";
const rooms = ["lobby", "ops", "잡담", "design", "bots"];
/** Local time, so that the same hour is drawn in every zone. */
const mondayMs = new Date(2026, 10, 23, 9, 2).getTime();
const minuteMs = 60_000;
const others = ["지호", "ann", "bob", "서연", "luca"];

export interface Morning {
  readonly fixture: ChatFixture;
  readonly driver: ScreenDriver;
  end(): Promise<void>;
}

/** Up to the moment at which the pictures are taken. */
export async function playMorning(): Promise<Morning> {
  const fixture = await openChatFixture();
  for (const nick of others) await fixture.enter(nick, ...rooms);
  await before(fixture);
  const driver = new ScreenDriver(fixture, { nick: "mina", rooms, width: 120, height: 32 });
  await driver.sit();
  await fixture.enter("bob", "@bob+mina");
  await meanwhile(fixture, driver);
  return {
    fixture,
    driver,
    async end() {
      await driver.leave();
      await fixture.end();
    },
  };
}

/** Says it a while later; resolves with its place in the room. */
async function says(
  { clock, enter }: ChatFixture,
  nick: string,
  room: string,
  text: string,
  { minutes = 1, replyTo }: { minutes?: number; replyTo?: number } = {},
): Promise<number> {
  clock.advance(minutes * minuteMs);
  const client = await enter(nick);
  const { seq } = await client.send(room, text, replyTo === undefined ? {} : { replyTo });
  return seq;
}

/** The evening before. */
async function sunday(fixture: ChatFixture): Promise<void> {
  await says(fixture, "서연", "lobby", "내일 배포하는 날이죠? 아이콘은 아침에 올릴게요");
  await says(fixture, "ann", "lobby", "thanks! the tests are green since noon");
  await says(fixture, "luca", "lobby", "nothing open on my side");
  await says(fixture, "luca", "lobby", "고생 많았어요, 다들 👏");
  const calm = await says(fixture, "bob", "lobby", "dashboards are calm, too. see you tomorrow");
  await (await fixture.enter("지호")).react("lobby", calm, "🙏");
}

/** What is there already when mina comes. */
async function before(fixture: ChatFixture): Promise<void> {
  await sunday(fixture);
  fixture.clock.setNow(mondayMs);
  const [jiho, ann] = [await fixture.enter("지호"), await fixture.enter("ann")];
  await jiho.topic("lobby", "오늘 2시 배포 🚢 · release at two");
  await says(fixture, "ann", "lobby", "good morning! is everyone ready for the release?");
  const ready = await says(
    fixture,
    "지호",
    "lobby",
    "네, 준비됐어요. 어젯밤에 백업도 확인했습니다 ✅",
  );
  await (await fixture.enter("서연")).react("lobby", ready, "👍");
  await ann.react("lobby", ready, "👍");
  await says(fixture, "bob", "lobby", "the checklist is at https://example.org/release/checklist", {
    minutes: 2,
  });
  const plan = await says(
    fixture,
    "서연",
    "lobby",
    "디자인 파일은 오전 중에 마무리할게요.\n아이콘 두 개만 남았어요 🎨",
    { minutes: 3 },
  );
  await says(fixture, "ann", "lobby", "two icons left, noted. I'll wait for them", {
    replyTo: plan,
  });
  const wrong = await says(fixture, "luca", "lobby", "then we ship at three?", { minutes: 4 });
  await (await fixture.enter("luca")).edit("lobby", wrong, "then we ship at two?");
  const shipped = await says(fixture, "지호", "lobby", "맞아요, 두 시예요", { replyTo: wrong });
  await (await fixture.enter("luca")).react("lobby", shipped, "🚀");
}

/** mina answers on a slow line, looks away, and comes back. */
async function meanwhile(fixture: ChatFixture, driver: ScreenDriver): Promise<void> {
  const { clock } = fixture;
  clock.advance(6 * minuteMs);
  driver.keys.type("좋아요! I'll watch the graphs 📈");
  await driver.say();
  driver.line.hold();
  clock.advance(1 * minuteMs);
  driver.keys.type(lateText);
  driver.keys.press("enter");
  driver.keys.focus(false);
  await says(fixture, "bob", "lobby", "@mina could you look at the alert in #ops?", { minutes: 9 });
  await says(fixture, "서연", "lobby", "아이콘 끝났어요! 👩‍💻 확인 부탁드려요");
  const done = await says(fixture, "ann", "lobby", "looks great, merging `icons` now", {
    minutes: 2,
  });
  await (await fixture.enter("서연")).react("lobby", done, "🎉");
  await (await fixture.enter("bob")).react("lobby", done, "🎉");
  await says(fixture, "luca", "ops", "disk of db-2 at 81 %");
  await says(fixture, "luca", "ops", "@mina should we grow it before two?", { minutes: 0 });
  await says(fixture, "서연", "잡담", "김치찌개 먹고 싶다", { minutes: 0 });
  await says(fixture, "bob", "@bob+mina", "lunch at noon?", { minutes: 0 });
  await (await fixture.enter("지호")).topic("bots", "");
  await (await fixture.enter("지호")).typing("lobby");
  await driver.until(({ chat }) => (chat.rooms.get(roomKey("lobby"))?.typing.length ?? 0) > 0);
  await driver.until(({ chat }) => (chat.rooms.get(roomKey("@bob+mina"))?.unread ?? 0) > 0);
  driver.keys.focus(true);
  driver.keys.type("@bob 네, 지금 볼게요");
}
