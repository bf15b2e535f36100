// For tests of programs that use the SDK: a server in memory.

export { type Heard, MemoryPeer, MemoryServer } from "./memory-server.ts";
