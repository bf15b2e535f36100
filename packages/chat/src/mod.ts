// The chat's public surface: the service, what it is configured with, and the port of its log.

export { type ChatOptions, ChatService, createChatService } from "./chat-service.ts";
export type { LogTag } from "./hub/effects.ts";
export type { HubConfig } from "./hub/hub-state.ts";
export { Hub } from "./hub.ts";
export type { CreateRoomLog, LogRequest, LogResult, RoomLog } from "./room-log.ts";
