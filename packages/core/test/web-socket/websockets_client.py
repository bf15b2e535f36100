# python3-websockets as a client of the floor, through one stay that the service ends and one that ends
# itself; prints what it saw as JSON.

import asyncio
import json
import sys

import websockets

port, *texts = json.loads(sys.argv[1])


async def stay(is_to_be_ended):
    seen = {"heard": [], "pong": ""}
    uri = f"ws://127.0.0.1:{port}/ws"
    socket = await websockets.connect(uri, subprotocols=["floor.v1"])

    async def say(**message):
        await socket.send(json.dumps(message, ensure_ascii=False))

    await say(type="hello", id=1, name="python")
    try:
        async for data in socket:
            message = json.loads(data)
            if message["type"] == "welcome":
                await say(type="join", id=2, room="python")
            if message["type"] == "joined":
                for at, text in enumerate(texts):
                    await say(type="say", id=3 + at, room="python", text=text)
            if message["type"] != "message":
                continue
            seen["heard"].append(message["text"])
            if len(seen["heard"]) < len(texts):
                continue
            await (await socket.ping("here?"))
            seen["pong"] = "here?"
            if is_to_be_ended:
                await say(type="flood", id=9, count=3, bytes=100, andClose=True)
            else:
                await socket.close(1000, "enough")
    except websockets.exceptions.ConnectionClosed:
        pass
    close = {"code": socket.close_code, "reason": socket.close_reason}
    return {**seen, "protocol": socket.subprotocol, "close": close}


async def main():
    print(json.dumps([await stay(True), await stay(False)]))


asyncio.run(main())
