// What counts as one peer's address: an IPv4 address, or the /64 of an IPv6 one, which is what one
// customer has.

/** An IPv4 address as it is, also out of its IPv6 form; else the first four groups, written alike. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  if (address.includes(".")) return address.slice(address.lastIndexOf(":") + 1);
  const [head = "", tail] = address.toLowerCase().split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...new Array<string>(zeros).fill("0"), ...after].slice(0, 4).join(":");
}
