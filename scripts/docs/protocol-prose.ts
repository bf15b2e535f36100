// The words of docs/protocol.md that no schema holds: frames, greeting, order, names, text.
// Numbers that code owns are passed in; nothing here is computed.

export interface ProseNumbers {
  /** The shortest wait before asking again, in milliseconds. */
  readonly retryMs: number;
  readonly version: number;
  readonly headerBytes: number;
  readonly frameBytes: number;
  readonly helloFrameBytes: number;
  readonly greetingSeconds: number;
  readonly textBytes: number;
  readonly topicBytes: number;
  readonly nameGraphemes: number;
  readonly mentions: number;
  readonly typingIntervalSeconds: number;
  readonly typingShownSeconds: number;
}

export const introduction = (n: ProseNumbers) => `
# The Maru wire protocol, version ${n.version}

Maru speaks frames of JSON over TCP. A program needs a socket and a JSON parser, and no more; at the
end of this page stands [a client in thirty lines](#a-client-in-thirty-lines).

Everything here is derived from the schemas in \`packages/protocol/src/chat\`, which the server runs.
Within a version the protocol only grows: new commands, new events, new optional fields.`;

export const frames = (n: ProseNumbers) => `
## Frames

\`\`\`text
 0        ${n.headerBytes}                       ${n.headerBytes}+length
 ┌────────┬───────────────────────┐
 │ length │ payload               │
 └────────┴───────────────────────┘
 length   u32, big-endian: bytes of payload, 1 ≤ length ≤ limits.frameBytes
 payload  one JSON object in UTF-8, with a string "type"
\`\`\`

\`limits.frameBytes\` is told in \`welcome\`: ${n.frameBytes} by default, and ${n.helloFrameBytes} before hello succeeds. A length out
of bounds closes the connection at once (\`frame_too_large\`), before anything is buffered. \`GET \` read
as a length is out of bounds, so stray HTTP fails within four bytes.`;

export const conversation = (n: ProseNumbers) => `
## The conversation

- The first message is \`hello\`, within ${n.greetingSeconds} seconds. What follows it may be sent at once; it is read
  when hello has succeeded.
- A **command** carries \`id\`, an integer ≥ 1 of the client's choice. Its **reply** carries the same
  number as \`re\`: the one in the table below, or \`error\`. Up to \`limits.inflight\` commands may be
  unanswered; more are read later.
- An **event** is pushed and answers nothing.
- From client to server, unknown keys are an error. From server to client, unknown keys and unknown
  types of events are to be ignored, so that a server may add.
- A client that has nothing to say sends \`ping\`: at least one frame every \`heartbeatMs\`.
- A payload that is no message and has no \`id\` to answer closes the connection (\`malformed\`). It and
  what comes behind it are not done; the commands in front of it are still answered before the close.
- A time is a whole number of milliseconds. A client takes one that is out of its bounds for the
  nearest that is within: who is asked to wait for longer than a day waits for a day.

### Order, and coming back

\`seq\` strictly increases within a room and epoch and is never reused; it need not be dense. Every
member sees the same entries in the same order. \`at\` is the server's clock in milliseconds: order by
\`seq\`, never by \`at\`. The sender gets the event of its own message too, behind its \`sent\`.

\`cid\` is your own id for what you send, unique per account: the same cid always yields the same seq,
with \`duplicate: true\`. Ids that ascend, such as a counter behind a random beginning, cost the
server least. After a lost connection say \`hello\` with \`resume\`, \`join\` each room with the
last \`seq\` you saw as \`after\` and the room's \`epoch\`, then \`send\` again what was never answered, with
the same cids. Where \`recovered\` is true, everything after that seq follows as events; where it is
false, start from \`history\`. Without \`after\`, a join replays nothing: \`head\` says where the room
stands. An \`after\` without an \`epoch\` is taken to be of the room's present one.

A program that speaks and does not listen need not join: \`send\` with \`unjoined\` says something in
any room that its sender might enter. The sender hears \`sent\` alone, and the room sees nobody come
and go.

Until there are accounts, the nick stands for one: \`cid\` is unique per nick, and whoever has a nick
has its conversations, old ones too. So who gives a nick up leaves the conversations of that nick:
whoever is in one of them is told by a \`presence\` with \`renamed\`, and goes on in the conversation with
the new nick. Nobody joins a conversation by hand, so there \`presence\`, \`who\` and \`joined\` tell who of
the two is here (online with that nick), and \`sent\` says \`absent\` where the other is not: it is kept
for when they come back.

A session that was told of such a rename is told of the next ones of the same person, too, in the
conversation in which it was told first; and one that joins a conversation of which the other's nick was
given up gets that \`presence\` right behind \`joined\`. While the person who gave it up is online under
another nick, and the former one is free, nothing is said in the old conversation: what the next holder
of the nick would read is refused with \`nick_given_up\` (a \`redact\` is not). A nick that is held
again has its conversations again.

\`presence\` tells what has changed since the last one: take away \`left\` and every \`renamed.from\`, then
add \`joined\` and every \`renamed.to\`.

\`typing\` says that somebody is writing. While your user writes, send it every ${n.typingIntervalSeconds} seconds (sooner
ones are dropped), and once with \`stopped\` when the line is cleared; not when it is sent. Forget the
notice of another after ${n.typingShownSeconds} seconds without a new one, at \`stopped\`, when a message of theirs comes, or
when they leave. Ignore your own. A notice has no seq, is never replayed and may be lost; rooms too
large to be told names are told none. Only members give them: in a conversation, those who are in it.

What may be read back at once is bounded: a \`history\` beyond that is \`rate_limited\` with
\`retryAfterMs\`, and a \`join\` that would replay more is not \`recovered\`. Ask for one page after the
other.`;

export const entries = (n: ProseNumbers) => `
## Messages, and what is done to them

\`edit\`, \`redact\` and \`react\` are about a message, by its seq (\`target\`). Each is an entry of the
room like any other: it has a seq, comes as an event, is replayed and stands on pages. An author alone
edits and redacts. The same reaction of the same person is one entry; taking it back is another one.
An emoji may be sent in any spelling, with or without its selector (U+FE0F); it comes back in the one
that Unicode recommends, and counts as the same. Skin tones are signs of their own. It is one that
Unicode recommends for interchange (\`RGI_Emoji\`), a single pictograph that is newer than the server,
or one other character that can be seen. Refused (\`invalid_message\`) is what programs draw as several
signs, as another one or as nothing: two tones, a tone on what has none, figures joined as none are,
flags of no region, blanks. What an earlier version took is still read, and can be taken back.

Pages, replays and search bring a message as it stands: with its last text (\`edited\` names the entry
that gave it), its \`reactions\`, or \`redacted\` and empty. \`asOf\` is the seq of the last thing that
was done to it. So apply an \`edit\`, \`redaction\` or \`reaction\` to the message that you hold only if
its seq is above the message's \`asOf\` (or above its own seq, where there is none), and whatever order
things reach you in, you are right.

### Finding, and what is unread

\`search\` takes words, all of which must stand in a message; \`"a phrase"\` in quotes; \`begin*\`, with
three letters or more. Case, accents and compatibility forms do not count. Korean, Japanese, Chinese
and Thai are found inside words: \`채팅\` finds \`채팅서버\`. It looks in \`room\`, or without one in the
rooms that you are in and in your conversations; never elsewhere. It finds the newest first: in one
room by their seqs, in all of them by their times; a page stands in that order, the oldest on top. What
a page may cost is bounded, so it may have few entries or none although there are more: where \`more\`
is true, \`next\` is there, and given back as \`cursor\`, with all else as it was, it goes on where the
page ended. So every message that matches comes once, whatever the clock said and whatever is said or
edited meanwhile; there is no more only where \`more\` is false. A cursor says nothing of its own: what
you may read is judged anew with each page. (\`before\` in one room, and \`until\` in all of them, page
too; but by \`until\` what was said in one millisecond is found twice or not at all.)
What was acknowledged is found at once; when the index is behind, the page says
\`indexing\`. Of searches and inboxes together one session has two under way; a third is
\`rate_limited\`: ask again when one is answered.

\`mark\` says how far you have read a room. \`inbox\` tells for your conversations and for the rooms that
you have marked how many messages of others stand behind the marker, and how many of them name you.
A conversation is there from its first line on, also when you were away. Where nothing was ever said,
\`mark\` is answered and keeps nothing.

Nobody joins a conversation by hand: what is said there brings both people in who are here. A session
is kept in \`limits.roomsPerSession\` conversations of its own (it wrote there, or joined) and in as many
that others began; of more, the one that was quiet longest is left without a word, and the next line
brings you back. After a \`leave\` nothing brings you back until you write there or join: what the other
says is stored, and counts in your inbox.

The first line makes a room. Each session and each address may begin so many at once and so many in
the long run (\`rate_limited\`), and where many rooms are open already nobody may open more than a part
of those that are left (\`too_many_rooms\`).

What names somebody: \`@nick\` anywhere, and \`nick:\` or \`nick,\` at the very beginning, with a space
behind it or nothing. Behind \`@nick\` may stand what Korean writes without a space: \`@mina님\`,
\`@준호한테\`; where \`@지은아\` may mean two names, it names both. Nothing in a web address or between
backticks names anybody, nor does a number at the beginning (\`12: 30\`). Of one text ${n.mentions} names
count.`;

export const namesAndText = (n: ProseNumbers) => `
## Names and text

- Names of rooms and nicks are 1–${n.nameGraphemes} graphemes of letters, digits, \`-\`, \`_\` and \`.\`, kept in NFC.
- A name is in one writing system; Korean and Japanese with their Han characters count as one, and so
  does Chinese with Bopomofo. Digits are 0–9 or the script's own, not both.
- Letters that can't be seen, letters without a script, more than four marks on a letter, and Hangul
  letters that should form a syllable but don't are refused.
- Two names are one when they are equal folded: without case, width and other compatibility forms.
- A nick that can't be told from a taken one is refused (\`nick_taken\`): \`paul\` and \`pau1\`, \`modern\`
  and \`modem\`, \`coco\` in Latin and in Cyrillic. Names such as \`admin\` and \`server\` are nobody's.
- The room \`@a+b\` is the conversation of the two nicks, sorted; both may write it either way round.
- A text is 1–${n.textBytes} bytes of UTF-8, a topic up to ${n.topicBytes}. No text holds control characters (U+0000–1F,
  U+007F–9F) or unpaired surrogates; a message's text may hold \`\\n\` and \`\\t\`.
- Lengths in characters, in the tables above, are counted in UTF-16 units.

What breaks a rule gets an \`error\` that names the \`field\`, and nothing is sent on.`;

export const clientIntroduction = `
## A client in thirty lines

\`docs/python-client.py\`, which the tests run as it stands: Python 3.8 or later, and nothing to install.
It prints what is said. Ctrl-C lets you say something: a line, then Enter; an empty line, Ctrl-C or Ctrl-D leaves.`;

export const ranges = (n: ProseNumbers) => `
Every number of a server has a range, which the tables above tell. A client that obeys numbers without
one can be made to spin, or to wait for ever: so the SDK takes a number outside of its range for the
nearer bound. It refuses, and names the field, what nothing works with: \`limits.textBytes\` and
\`limits.frameBytes\` below their least, a seq that is none, a \`version\` that was not offered, a
\`session\`, \`epoch\` or cursor that could not be given back. Whatever \`retryAfterMs\` says, it asks
again no sooner than after ${n.retryMs} ms.`;
