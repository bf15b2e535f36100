// Who is listed beside the conversation, and what stands there when not all are.

import { expect, test } from "bun:test";
import { type RoomModel, withRoom } from "@maru/chat-model/model";
import { frameRows, sampleScreen } from "../../../test/fixtures/sample-screen.ts";
import { memberInRow } from "../../layout/members-shown.ts";
import { membersPane } from "./members-pane.ts";

function shown(fields: Partial<RoomModel>, height = 5) {
  const { chat, ...rest } = sampleScreen(120, 24);
  const model = { ...rest, chat: withRoom(chat, "ops", { typing: [], ...fields }) };
  const rows = membersPane(model, { width: 18, height });
  return {
    rows: frameRows({ rows }),
    nicks: Array.from({ length: height }, (_, y) => memberInRow(model, height, y)),
    roles: rows.map((row) => row.at(1)?.role),
  };
}

test("members are sorted without regard to case, oneself is told apart", () => {
  const { rows, nicks, roles } = shown({ members: ["mina", "zoe", "Ann"], memberCount: 3 });
  expect(rows).toEqual(["│ members 3", "│ Ann", "│ mina", "│ zoe", "│"]);
  expect(nicks).toEqual([null, "Ann", "mina", "zoe", null]);
  expect(roles[2]).toBe("own");
});

test("those who do not fit are counted", () => {
  const members = ["a", "b", "c", "d", "e", "f"];
  const { rows, nicks } = shown({ members, memberCount: 6 });
  expect(rows).toEqual(["│ members 6", "│ a", "│ b", "│ c", "│ and 3 more"]);
  expect(nicks.at(-1)).toBeNull();
  expect(shown({ members, memberCount: 6 }, 7).rows.at(-1)).toBe("│ f");
});

test("of a room that is too large there is only a number", () => {
  expect(shown({ members: null, memberCount: 5000 }).rows).toEqual([
    "│ members 5000",
    ...["│", "│", "│", "│"],
  ]);
  expect(shown({ members: null, memberCount: null }).rows[0]).toBe("│ members");
});

test("a long nick is cut, and nothing in it is obeyed", () => {
  const { rows } = shown({ members: ["\u001b[2Jabcdefghijklmnopqrstuvwxyz"], memberCount: 1 });
  expect(rows[1]).toBe("│ ␛[2Jabcdefghijk…");
});
