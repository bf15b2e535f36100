// The one place where the chat client's model changes: model × input → model, lines, effects.
// Pure. Typed lines go to the commands, what the server says to its own file, answers are here.

import { roomKey } from "@maru/sdk";
import { typed } from "./command/typed.ts";
import {
  type Effect,
  type Input,
  type Model,
  notice,
  placeName,
  problem,
  type Step,
  step,
  talkLines,
  withoutRoom,
} from "./model.ts";
import { happened } from "./update-event.ts";

export function update(model: Model, input: Input): Step {
  switch (input.type) {
    case "typed":
      if (model.isOver) return step(model);
      return kept(typed(model, input.line));
    case "event":
      return happened(model, input.event);
    case "renamed":
      return step({ ...model, me: input.nick }, { lines: [notice(`you are ${input.nick} now`)] });
    case "members": {
      const names = [...input.members].sort((one, other) => one.localeCompare(other));
      const text = `${names.length} in ${placeName(model, input.room)}: ${names.join(", ")}`;
      return step(model, { lines: [notice(text, input.room)] });
    }
    case "absent":
      return step(model, { lines: [notice(`${input.nick} is not here now`)] });
    case "directory":
      return step(model, { lines: [directory(input.rooms)] });
    case "failed":
      return failed(model, input.effect, input.error.message);
  }
}

/** What is said while there is no connection is shown as waiting, not as said. */
function kept(next: Step): Step {
  if (next.model.state.phase === "online") return next;
  const waiting = next.effects
    .filter((effect) => effect.type === "send")
    .map(({ text, room }) => notice(`waits for the connection: ${text}`, room));
  return { ...next, lines: [...next.lines, ...waiting] };
}

function directory(rooms: Extract<Input, { type: "directory" }>["rooms"]) {
  if (rooms.length === 0) return notice("there are no rooms");
  const text = rooms
    .map(({ room, memberCount, topic }) => `${room} (${memberCount})${topic && `  ${topic}`}`)
    .join("\n");
  return { type: "text", text } as const;
}

/** A room that could not be entered is not there; of what was not sent, the text is kept in view. */
function failed(model: Model, effect: Effect, message: string): Step {
  switch (effect.type) {
    case "join": {
      const known = model.rooms.get(roomKey(effect.room));
      const entered = known !== undefined && known.memberCount !== null;
      const next = entered ? model : withoutRoom(model, effect.room);
      return step(next, {
        lines: [
          problem(`can't join ${placeName(model, effect.room)}: ${message}`),
          ...talkLines(model, next),
        ],
      });
    }
    case "send":
      return step(model, { lines: [problem(`not sent: ${effect.text} (${message})`)] });
    default:
      return step(model, { lines: [problem(message)] });
  }
}
