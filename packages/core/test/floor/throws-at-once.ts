// A shard module that can't be loaded.

throw new Error("the module gave way");
