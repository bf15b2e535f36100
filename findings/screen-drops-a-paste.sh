#!/usr/bin/env bash
# GNU screen drops bytes of a paste while the program in its window is busy; tmux keeps them all.
#
# One would guess: a terminal multiplexer stops reading its own terminal when the program in its window
#   does not read, so that a long paste waits, as it does in a bare terminal.
# What happens: screen goes on reading, and what neither the window's terminal nor its own small buffer
#   holds is gone, without a sign. A program that pauses for half a second in the middle of a paste of
#   60 KB gets it short. tmux, given the same bytes at the same pace, delivers every one.
# Versions: Debian's screen 4.9.0-4 and tmux 3.3a-3. Source: run below.
# Why it matters here: people paste logs into a chat, and a client that is busy for a moment would lose
#   the middle of them, or the end that says that the paste is over. So the client reads its terminal
#   on a thread that does nothing else (docs/decisions/0024-input-thread.md).
set -uo pipefail
for program in screen tmux; do
  command -v "$program" >/dev/null || { apt-get update -qq; apt-get install -y -qq screen tmux >/dev/null; } 2>/dev/null
done
versions=$(dpkg-query -W -f '${Package} ${Version}\n' screen tmux)
echo "$versions"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat >"$dir/reader.py" <<'PY'
# Reads a paste, with a pause of half a second at its beginning; writes down how many bytes came.
import os, select, sys, time, tty
tty.setraw(0)
open(sys.argv[1] + "/ready", "w").close()
got, paused = b"", False
while not got.endswith(b"END"):
    if not select.select([0], [], [], 5)[0]: break
    got += os.read(0, 65536)
    if not paused:
        paused = True
        time.sleep(0.5)
with open(sys.argv[1] + "/part", "w") as file: file.write(str(len(got)))
os.rename(sys.argv[1] + "/part", sys.argv[1] + "/count")
PY
cat >"$dir/paste.py" <<'PY'
# A terminal with a multiplexer in it; pastes 60 KB in pieces of 4 KB, one each 10 ms.
import os, pty, select, signal, sys, time
where, command = sys.argv[1], sys.argv[2:]
pid, master = pty.fork()
if pid == 0:
    os.environ.update(TERM="xterm", SCREENDIR=where + "/screens", TMUX="")
    os.makedirs(where + "/screens", mode=0o700, exist_ok=True)
    os.execvp(command[0], command)
os.set_blocking(master, False)
paste = (b"0123456789abcdef" * 3840)[:61437] + b"END"
def drain(seconds):
    end = time.time() + seconds
    while time.time() < end:
        if select.select([master], [], [], 0.005)[0]:
            try: os.read(master, 65536)
            except OSError: return
end = time.time() + 10
while not os.path.exists(where + "/ready") and time.time() < end: drain(0.05)
drain(0.5)
at, end = 0, time.time() + 20
while at < len(paste) and time.time() < end:
    try: at += os.write(master, paste[at:at + 4096])
    except BlockingIOError: pass
    drain(0.01)
end = time.time() + 12
while not os.path.exists(where + "/count") and time.time() < end: drain(0.05)
print(open(where + "/count").read() if os.path.exists(where + "/count") else "nothing")
try: os.kill(pid, signal.SIGHUP)
except ProcessLookupError: pass
os.close(master)
os.waitpid(pid, 0)
PY
run() {
  local where="$dir/$1"
  mkdir -p "$where"
  shift
  python3 "$dir/paste.py" "$where" "$@" python3 "$dir/reader.py" "$where"
}
sent=61440
in_screen=$(run screen screen -c /dev/null)
in_tmux=$(run tmux tmux -f /dev/null -S "$dir/tmux.socket" new-session)
echo "of $sent bytes, screen's window got $in_screen, tmux's $in_tmux"
if [ "$in_screen" != nothing ] && [ "$in_screen" -lt "$sent" ] && [ "$in_tmux" = "$sent" ]; then
  echo "as recorded"
else
  echo "changed"
  exit 1
fi
