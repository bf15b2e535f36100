// The scene of the pictures: a Monday morning of a team in Seoul, as mina sees it. What others do goes
// through the real server; what mina does are keys.

import { roomKey } from "../../packages/sdk/src/mod.ts";
import { type ChatHouse, openChatHouse } from "./chat-house.ts";
import { Seat } from "./seat.ts";

/** What mina says on a slow line. */
export const lateText = "점심은 어디로 갈까요?";
const rooms = ["lobby", "ops", "잡담", "design", "bots"];
/** Local time, so that the same hour is drawn in every zone. */
const mondayMs = new Date(2026, 10, 23, 9, 2).getTime();
const minuteMs = 60_000;
const others = ["지호", "ann", "bob", "서연", "luca"];

export interface Morning {
  readonly house: ChatHouse;
  readonly seat: Seat;
  end(): Promise<void>;
}

/** Up to the moment at which the pictures are taken. */
export async function playMorning(): Promise<Morning> {
  const house = await openChatHouse();
  for (const nick of others) await house.enter(nick, ...rooms);
  await before(house);
  const seat = new Seat(house, { nick: "mina", rooms, width: 120, height: 32 });
  await seat.sit();
  await house.enter("bob", "@bob+mina");
  await meanwhile(house, seat);
  return {
    house,
    seat,
    async end() {
      await seat.leave();
      await house.end();
    },
  };
}

/** Says it a while later; resolves with its place in the room. */
async function says(
  { clock, enter }: ChatHouse,
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
async function sunday(house: ChatHouse): Promise<void> {
  await says(house, "서연", "lobby", "내일 배포하는 날이죠? 아이콘은 아침에 올릴게요");
  await says(house, "ann", "lobby", "thanks! the tests are green since noon");
  await says(house, "luca", "lobby", "nothing open on my side");
  await says(house, "luca", "lobby", "고생 많았어요, 다들 👏");
  const calm = await says(house, "bob", "lobby", "dashboards are calm, too. see you tomorrow");
  await (await house.enter("지호")).react("lobby", calm, "🙏");
}

/** What is there already when mina comes. */
async function before(house: ChatHouse): Promise<void> {
  await sunday(house);
  house.clock.setNow(mondayMs);
  const [jiho, ann] = [await house.enter("지호"), await house.enter("ann")];
  await jiho.topic("lobby", "오늘 2시 배포 🚢 · release at two");
  await says(house, "ann", "lobby", "good morning! is everyone ready for the release?");
  const ready = await says(
    house,
    "지호",
    "lobby",
    "네, 준비됐어요. 어젯밤에 백업도 확인했습니다 ✅",
  );
  await (await house.enter("서연")).react("lobby", ready, "👍");
  await ann.react("lobby", ready, "👍");
  await says(house, "bob", "lobby", "the checklist is at https://example.org/release/checklist", {
    minutes: 2,
  });
  const plan = await says(
    house,
    "서연",
    "lobby",
    "디자인 파일은 오전 중에 마무리할게요.\n아이콘 두 개만 남았어요 🎨",
    { minutes: 3 },
  );
  await says(house, "ann", "lobby", "two icons left, noted. I'll wait for them", {
    replyTo: plan,
  });
  const wrong = await says(house, "luca", "lobby", "then we ship at three?", { minutes: 4 });
  await (await house.enter("luca")).edit("lobby", wrong, "then we ship at two?");
  const shipped = await says(house, "지호", "lobby", "맞아요, 두 시예요", { replyTo: wrong });
  await (await house.enter("luca")).react("lobby", shipped, "🚀");
}

/** mina answers on a slow line, looks away, and comes back. */
async function meanwhile(house: ChatHouse, seat: Seat): Promise<void> {
  const { clock } = house;
  clock.advance(6 * minuteMs);
  seat.keys.type("좋아요! I'll watch the graphs 📈");
  await seat.say();
  seat.line.hold();
  clock.advance(1 * minuteMs);
  seat.keys.type(lateText);
  seat.keys.press("enter");
  seat.keys.focus(false);
  await says(house, "bob", "lobby", "@mina could you look at the alert in #ops?", { minutes: 9 });
  await says(house, "서연", "lobby", "아이콘 끝났어요! 👩‍💻 확인 부탁드려요");
  const done = await says(house, "ann", "lobby", "looks great, merging `icons` now", {
    minutes: 2,
  });
  await (await house.enter("서연")).react("lobby", done, "🎉");
  await (await house.enter("bob")).react("lobby", done, "🎉");
  await says(house, "luca", "ops", "disk of db-2 at 81 %");
  await says(house, "luca", "ops", "@mina should we grow it before two?", { minutes: 0 });
  await says(house, "서연", "잡담", "김치찌개 먹고 싶다", { minutes: 0 });
  await says(house, "bob", "@bob+mina", "lunch at noon?", { minutes: 0 });
  await (await house.enter("지호")).topic("bots", "");
  await (await house.enter("지호")).typing("lobby");
  await seat.until(({ chat }) => (chat.rooms.get(roomKey("lobby"))?.typing.length ?? 0) > 0);
  await seat.until(({ chat }) => (chat.rooms.get(roomKey("@bob+mina"))?.unread ?? 0) > 0);
  seat.keys.focus(true);
  seat.keys.type("@bob 네, 지금 볼게요");
}
