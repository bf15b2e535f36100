import { deliveryContract } from "./delivery-contract.ts";
import { startFloor } from "./floor/floor-server.ts";

for (const workers of [0, 1, 2]) {
  deliveryContract(`with workers: ${workers}`, () => startFloor({ workers }));
}

deliveryContract("after both shards were lost and replaced", async () => {
  const floor = await startFloor({ workers: 2 });
  for (const shard of [0, 1]) {
    await floor.server.killShard(shard);
    await floor.logged.until("shard.respawned", shard + 1);
  }
  return floor;
});
