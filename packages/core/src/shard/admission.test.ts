import { expect, test } from "bun:test";
import { Admission, addressKeyOf, clearAdmission, createAdmissionMemory } from "./admission.ts";

function shardsOf(count: number, caps: { maxConnections?: number; maxConnectionsPerIp?: number }) {
  const memory = createAdmissionMemory(count);
  const shards = Array.from(
    { length: count },
    (_, shard) =>
      new Admission({ memory, shard, maxConnections: 0, maxConnectionsPerIp: 0, ...caps }),
  );
  return { memory, shards: shards as [Admission, Admission, Admission] };
}

test("admits as many as the cap and refuses the next, until one is released", () => {
  const [door] = shardsOf(1, { maxConnections: 2 }).shards;
  expect([door.admit(1), door.admit(2), door.admit(3)]).toEqual([
    null,
    null,
    "too_many_connections",
  ]);
  door.release(1);
  expect(door.admit(3)).toBeNull();
  expect(door.admit(4)).toBe("too_many_connections");
});

test("the cap holds over all shards, whichever the connections are in", () => {
  const [a, b, c] = shardsOf(3, { maxConnections: 3 }).shards;
  expect([a.admit(1), b.admit(2), b.admit(3)]).toEqual([null, null, null]);
  expect(c.admit(4)).toBe("too_many_connections");
  b.release(2);
  expect(c.admit(4)).toBeNull();
});

test("the cap per address holds over all shards and concerns no other address", () => {
  const [a, b, c] = shardsOf(3, { maxConnectionsPerIp: 2 }).shards;
  expect([a.admit(7), b.admit(7), c.admit(7)]).toEqual([null, null, "too_many_from_address"]);
  expect(c.admit(8)).toBeNull();
  a.release(7);
  expect(c.admit(7)).toBeNull();
});

test("who is refused is not counted", () => {
  const [door] = shardsOf(1, { maxConnections: 10, maxConnectionsPerIp: 1 }).shards;
  door.admit(1);
  for (let tries = 0; tries < 20; tries += 1) expect(door.admit(1)).toBe("too_many_from_address");
  for (let key = 2; key <= 10; key += 1) expect(door.admit(key)).toBeNull();
  expect(door.admit(11)).toBe("too_many_connections");
});

test("without caps every connection is admitted", () => {
  const [door] = shardsOf(1, {}).shards;
  for (let count = 0; count < 5000; count += 1) expect(door.admit(0)).toBeNull();
});

test("clearing a lost shard frees its places and no others", () => {
  const { memory, shards } = shardsOf(3, { maxConnections: 3, maxConnectionsPerIp: 2 });
  const [a, b, c] = shards;
  a.admit(1);
  b.admit(1);
  b.admit(2);
  expect(c.admit(3)).toBe("too_many_connections");
  clearAdmission(memory, 1);
  expect(c.admit(1)).toBeNull();
  expect(c.admit(1)).toBe("too_many_from_address");
  expect(b.admit(5)).toBeNull();
  expect(a.admit(6)).toBe("too_many_connections");
});

test("an IPv4 address counts for itself", () => {
  expect(addressKeyOf("10.0.0.1", 7)).toBe(addressKeyOf("10.0.0.1", 7));
  expect(addressKeyOf("10.0.0.1", 7)).not.toBe(addressKeyOf("10.0.0.2", 7));
});

test.each([
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"],
  ["2001:db8::1", "2001:db8::2"],
  ["2001:db8::1", "2001:db8:0:0:aaaa::"],
  ["2001:db8::1", "2001:db8:0:0:1:2:3:4"],
  ["2001:0:0:4::1", "2001::4:5:6:7:8"],
  ["::1", "::2"],
  ["::1", "0:0:0:0:1:2:3:4"],
  ["2001:db8:1:2:3:4:5::", "2001:db8:1:2::"],
  ["fe80::1%eth0", "fe80::2%eth0"],
  ["2001:DB8::1", "2001:db8::1"],
])("%s and %s are one customer's", (one, other) => {
  expect(addressKeyOf(one, 7)).toBe(addressKeyOf(other, 7));
});

test.each([
  ["2001:db8:1:2::1", "2001:db8:1:3::1"],
  ["2001:db8::1", "2001:db9::1"],
  ["2001::4:5:6:7:8", "2001::9:5:6:7:8"],
  ["1::b:c:d:e:f:1", "1::9:c:d:e:f:1"],
  ["::ffff:10.0.0.1", "::ffff:10.0.0.2"],
])("%s and %s are not", (one, other) => {
  expect(addressKeyOf(one, 7)).not.toBe(addressKeyOf(other, 7));
});

test("an IPv4 address is the same customer when IPv6 carries it", () => {
  expect(addressKeyOf("::ffff:10.0.0.1", 7)).toBe(addressKeyOf("10.0.0.1", 7));
});
