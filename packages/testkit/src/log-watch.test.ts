import { expect, test } from "bun:test";
import { LogWatch } from "./log-watch.ts";

test("an event that was logged before it is waited for is found, and one that comes later too", async () => {
  const watch = new LogWatch();
  watch.log("info", "shard.respawned", { shard: 1 });
  expect(await watch.until("shard.respawned")).toMatchObject([{ fields: { shard: 1 } }]);
  const twice = watch.until("shard.respawned", 2);
  watch.log("error", "shard.lost");
  watch.log("info", "shard.respawned", { shard: 0 });
  expect(await twice).toHaveLength(2);
  expect(watch.ofEvent("shard.lost")).toHaveLength(1);
});
