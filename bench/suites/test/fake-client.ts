// A client that draws as little as can be and is good or bad at it, for the bench's own test. Takes the
// address and the nick as the real one does, and before them what it is to do wrong.

import { WireClient } from "../../harness/wire-client.ts";

const [, , wrong = "", address = "", , nick = ""] = process.argv;
const [fault = "", amount = "0"] = wrong.split(":");
const room = "r0";
const port = Number(address.split(":").at(-1));
const inputRow = 40;
const prompt = `${room}> `;
const enter = 13;

let keys = 0;
let typed = "";

function draw(): void {
  const head = `\x1b[?2026h\x1b[1;1H${room}\x1b[2;1Hnothing was said here yet`;
  const input = `\x1b[${inputRow};1H${prompt}${typed} \x1b[${inputRow};${prompt.length + typed.length + 1}H`;
  process.stdout.write(`${head}${input}\x1b[?2026l`);
}

async function say(text: string): Promise<void> {
  const client = await WireClient.greet(port, nick);
  await client.ask({ type: "join", room });
  await client.ask({ type: "send", room, text });
}

process.stdin.setRawMode(true);
process.stdin.on("data", (bytes: Buffer) => {
  for (const byte of bytes) {
    if (byte === enter) {
      void say(typed);
      continue;
    }
    keys += 1;
    // As an editor that forgets a key: neither drawn nor sent.
    if (fault === "lose" && keys === Number(amount)) continue;
    typed += String.fromCharCode(byte);
    if (fault === "slow") setTimeout(draw, Number(amount));
    else draw();
  }
});
draw();
