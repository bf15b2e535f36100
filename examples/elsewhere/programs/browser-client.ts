// A stranger's page: all of the SDK that a client of the chat needs.

export { connectChat } from "@maru/sdk/chat";
