// A shard module that forgets to be one.

export {};
