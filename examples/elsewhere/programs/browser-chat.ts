// A stranger's page: a client of the chat.

export { connectChat } from "@maru/sdk/chat";
