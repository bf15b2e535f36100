import { expect, test } from "bun:test";
import { absentNetworksMax, Networks } from "./networks.ts";

const bounds = {
  newRoomBurstPerIp: 2,
  newRoomRatePerIp: 1,
  newMarkerBurstPerIp: 2,
  newMarkerRatePerIp: 1,
};

test("an address is remembered while a session is here from it, and so many others after that", () => {
  const networks = new Networks(bounds);
  const kept = networks.enter("kept", 0);
  const used = networks.enter("used", 0);
  used.newRooms.take();
  used.newRooms.take();
  networks.leave(used);
  for (let n = 0; n < absentNetworksMax - 1; n += 1) networks.leave(networks.enter(`${n}`, 0));
  expect(networks.size).toBe(absentNetworksMax + 1);
  expect(networks.enter("used", 0).newRooms.waitMs(0)).toBeGreaterThan(0);
  networks.leave(used);
  for (let n = 0; n < absentNetworksMax; n += 1) networks.leave(networks.enter(`a${n}`, 0));
  expect(networks.size).toBe(absentNetworksMax + 1);
  expect(networks.enter("kept", 0)).toBe(kept);
  expect(networks.enter("used", 0).newRooms.waitMs(0)).toBe(0);
});
