import { expect, test } from "bun:test";
import { unsentText } from "./outbox.ts";

test("what is unsent is promised only where it is kept and will be sent", () => {
  const texts = [
    [unsentText(2, { isOwner: true, isGuest: false }), /^2 .*kept, and sent the next time$/],
    [unsentText(1, { isOwner: true, isGuest: true }), /shown as refused the next time/],
    [unsentText(1, { isOwner: false, isGuest: false }), /not kept/],
    [unsentText(1, { isOwner: false, isGuest: true }), /not kept/],
  ] as const;
  for (const [text, wanted] of texts) expect(text).toMatch(wanted);
});
