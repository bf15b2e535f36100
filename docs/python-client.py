import json, socket
HOST, PORT, ROOM, NICK = "127.0.0.1", 7667, "lobby", "snake"
wire = socket.create_connection((HOST, PORT))
ids, inbox, spoken, beat = iter(range(1, 2**53)), b"", 0, 0

def say(type, **fields):
    payload = json.dumps({"type": type, "id": next(ids), **fields}).encode()
    wire.sendall(len(payload).to_bytes(4, "big") + payload)
def hear():
    global inbox
    while len(inbox) < 4 or len(inbox) < (end := 4 + int.from_bytes(inbox[:4], "big")):
        inbox += wire.recv(65536) or exit("the server has hung up")
    payload, inbox = inbox[4:end], inbox[end:]
    return json.loads(payload)
say("hello", versions=[1], client="thirty-lines 1", nick=NICK)
say("join", room=ROOM)
while True:
    try:
        heard = hear()
        if heard["type"] == "welcome": wire.settimeout((beat := heard["heartbeatMs"] / 3) / 1000)
        if heard["type"] == "message" and heard["room"][0] != "@":  # not what is said to you alone
            print(heard["from"] + ":", heard["text"], flush=True)
        elif heard["type"] not in ("pong", "sent"): print(heard, flush=True)
        if heard["type"] == "presence" or heard.get("at", 0) > spoken + beat:
            say("ping")  # a busy room: nothing times out, so the messages' own time is the clock
            spoken = heard.get("at", spoken)
    except socket.timeout: say("ping")
    except KeyboardInterrupt:
        try: say("send", room=ROOM, text=input("> ") or exit())
        except (EOFError, KeyboardInterrupt): exit()
