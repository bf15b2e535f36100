#!/usr/bin/env bash
# Bun's tty.ReadStream on a worker fails with EAGAIN where the terminal's descriptor does not wait.
#
# One would guess: `new tty.ReadStream(0)` reads a terminal on a worker as it does on the main thread,
#   and a descriptor with O_NONBLOCK, which any program that shares the terminal may have set, only
#   means that the runtime waits for it by polling, as Node does.
# What happens: the stream ends with an error, EAGAIN, at its first read that finds nothing typed yet.
#   `Bun.file(0).stream()` on the same descriptor waits and then gives what was typed.
# Versions: Bun 1.4.5, Linux x64. Source: run below; no note of it was found in Bun's documentation.
# Why it matters here: the client reads keys on a worker (docs/decisions/0024-input-thread.md). With
#   ReadStream it would lose its input a moment after it starts, in terminals that another program
#   has left non-blocking.
set -uo pipefail
version=1.4.5
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null && npm install --silent "bun@$version" >/dev/null 2>&1 || { echo "bun could not be installed"; exit 1; }

cat >worker.ts <<'TS'
import { ReadStream } from "node:tty";
declare const self: Worker;
const way = process.argv[2];
const say = (word: string) => self.postMessage(word);
if (way === "tty") {
  const stream = new ReadStream(0);
  stream.on("data", (bytes) => say(`read ${JSON.stringify(String(bytes))}`));
  stream.on("error", (error) => say(`error ${(error as { code?: string }).code}`));
} else {
  const reader = Bun.file(0).stream().getReader();
  reader.read().then(({ value }) => say(`read ${JSON.stringify(String(Buffer.from(value ?? [])))}`), (error) => say(`error ${error.code}`));
}
TS
cat >main.ts <<'TS'
const worker = new Worker(new URL("worker.ts", import.meta.url).href, { argv: [process.argv[2] as string] });
worker.onmessage = ({ data }) => {
  console.log(data);
  process.exit(0);
};
console.log("listening");
TS
cat >terminal.py <<'PY'
# A pseudo-terminal whose descriptor does not wait; a key is typed a second after the program listens.
import fcntl, os, pty, select, signal, sys, time, tty
bun, way = sys.argv[1:3]
master, slave = pty.openpty()
tty.setraw(slave)
fcntl.fcntl(slave, fcntl.F_SETFL, fcntl.fcntl(slave, fcntl.F_GETFL) | os.O_NONBLOCK)
reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    os.dup2(slave, 0)
    os.dup2(writer, 1)
    os.execv(bun, [bun, "main.ts", way])
os.close(writer)
said, typed, end = b"", False, time.time() + 20
while time.time() < end:
    if select.select([reader], [], [], 1)[0]:
        more = os.read(reader, 4096)
        if not more: break
        said += more
    elif b"listening" in said and not typed:
        typed = True
        os.write(master, b"k")
print(said.decode().replace("listening\n", "").strip() or "nothing")
try: os.kill(pid, signal.SIGTERM)
except ProcessLookupError: pass
os.waitpid(pid, 0)
PY
bun=$dir/node_modules/bun/bin/bun.exe
[ -x "$bun" ] || bun=$dir/node_modules/.bin/bun
echo "Bun $("$bun" --version)"
stream=$(python3 terminal.py "$bun" tty)
file=$(python3 terminal.py "$bun" file)
echo "new tty.ReadStream(0) on a worker: $stream"
echo "Bun.file(0).stream() on a worker:  $file"
if [ "$stream" = "error EAGAIN" ] && [ "$file" = 'read "k"' ]; then
  echo "as recorded"
else
  echo "changed"
  exit 1
fi
