// What help says of each command below its flags: notes and examples. The man page and the reference
// say the same. Words only; "" is the chat itself.

import { type CommandNotes, notesHelp as helpOfNotes } from "@maru/command-line";

export const commandNotes: Readonly<Record<string, CommandNotes>> = {
  "": {
    notes: [
      "Type /help in the chat for its commands, and F1 for its keys. When standard input is no terminal, each line of it is said as if typed, and the end of it is the end of the chat.",
      "An address that names a room opens that one; without a room in it, those of the settings are opened.",
    ],
    examples: [
      "%s",
      "%s maru://chat.example/lobby --nick ann",
      "%s --profile work",
      'echo "the build is green" | %s maru://chat.example/ops',
    ],
  },
  send: {
    notes: [
      "`tail` prints exactly the lines that went in: empty ones too, and those longer than a message, which travel in pieces. A last line without a newline gets one. What can't be sent (a control character, bytes that are not UTF-8) ends the sending there, and is named by its line: --strip-ansi takes colours away first, --replace sends U+FFFD for whatever is left. A sequence that does not end is taken away up to the end of its line.",
      "The room is not joined, so that its people see what is said and nobody come and go. With --room @NICK it is said to that person alone.",
      "The pace is the send rate that the server announces, in messages a second; it does not count bytes, so that a file goes much faster with --pack.",
    ],
    examples: [
      '%s send --room ops "the build is green"',
      "journalctl -f | %s send --room ops --server chat.example:7667 --nick logs",
      "make 2>&1 | %s send --room ops --strip-ansi --replace",
      '%s send --room @mina --nick cron --wait "the backup is done"',
      "%s send --room books --pack < novel.txt",
    ],
  },
  tail: {
    notes: [
      'Says "joined ROOM" on standard error once it listens, reconnects by itself, and neither repeats nor drops a message. What was printed stays as it was said: edits and messages that are taken back are told on standard error, with --verbose among the lines, reactions only there, and --json has each as an object, with its time in milliseconds (at) and in ISO 8601 (time). COUNT counts messages. It prints nothing of other rooms, and ends when nobody reads its output.',
      "With --keep-place the file holds, once it is written, how far the room was printed; the next run with that file goes on behind it, and --since counts for the first run alone. Ended by a signal, a tail leaves neither a gap nor a repeat; after kill -9 or a loss of power the last lines may come once more. Where the server has begun the room anew (another epoch), that is told, and what it has is printed from its beginning.",
    ],
    examples: [
      "%s tail --room ops",
      "%s tail --room ops --json --since 0 -n 100",
      "%s tail --room ops --json --wait --keep-place ~/ops.place >> ops.jsonl",
    ],
  },
  inspect: {
    notes: [
      'Each frame is shown with its time, its place in its stream, its length (four bytes) and the first bytes of its payload, then its JSON; a reply names the command that it answers, and how long that took. What is typed, or comes on standard input, is sent: a JSON object a line. Without an id it is given one; with "id": "" it is sent without. The end of the input (Ctrl-D) ends the connection once everything is answered.',
      "The chat's hello is sent first, and a ping as often as the server wants to hear something; --no-greeting is for other protocols. With --json each frame is one object: direction, at (milliseconds since 1970), ms since the connection, offset, header, length, answers, and message, or hex where it is no JSON object.",
    ],
    examples: [
      "%s inspect chat.example:7667 --nick ann",
      `echo '{"type":"join","room":"lobby"}' | %s inspect`,
      "%s inspect 127.0.0.1:8080 --no-greeting --json",
    ],
  },
  config: {
    notes: [
      "A missing file is no mistake: the defaults hold. With --check, the exit code is 2 when something in the file is wrong.",
    ],
    examples: [
      "mkdir -p ~/.config/maru && %s config > ~/.config/maru/client.toml",
      "%s config --check",
    ],
  },
  keys: { notes: ["Keys are bound in the table [keys] of the settings."], examples: ["%s keys"] },
  "check-symbols": {
    notes: [
      "Each symbol stands between two bars. Where the right bars are not below each other, or a symbol is a box or a question mark, the terminal's font has it not or draws it wide: use --ascii.",
    ],
    examples: ["%s check-symbols"],
  },
  completions: {
    notes: [
      "They complete a command that is called maru, or as --name says: a function or a small script that starts the client.",
    ],
    examples: [
      "%s completions bash > ~/.local/share/bash-completion/completions/maru",
      "%s completions zsh > ~/.zfunc/_maru",
      "%s completions fish > ~/.config/fish/completions/maru.fish",
    ],
  },
  man: { notes: [], examples: ["%s man > maru.1 && man -l maru.1"] },
};

/** The notes and examples of a command as help's last part. */
export function notesHelp(command: string, name: string, ...more: readonly string[]): string {
  return helpOfNotes(commandNotes[command] ?? { notes: [], examples: [] }, name, ...more);
}
