// The loads beside which somebody types, by name. What one of them asks for is all that differs.

export interface EchoLoad {
  readonly name: string;
  /** 0: nobody talks. */
  readonly messagesPerSecond: number;
  /** Said before the client comes; it pages up through them while it is typed to. */
  readonly pastMessages: number;
}

export const quietLoad: EchoLoad = { name: "nobody talks", messagesPerSecond: 0, pastMessages: 0 };

export const talkLoad = (messagesPerSecond: number): EchoLoad => ({
  name: `${messagesPerSecond.toLocaleString("en-US")} messages/s`,
  messagesPerSecond,
  pastMessages: 0,
});

export const pagedLoad = (pastMessages: number): EchoLoad => ({
  name: `Page Up held in ${pastMessages.toLocaleString("en-US")} messages`,
  messagesPerSecond: 0,
  pastMessages,
});
