// Another member of a room, by the SDK: what it hears is what was stored, byte for byte.

import { type ChatClient, connectChat } from "@maru/sdk/chat";
import { Changes } from "@maru/testkit";

const peers = new Set<ChatClient>();

export async function endPeers(): Promise<void> {
  await Promise.all([...peers].map((client) => client.close({ deadlineMs: 0 })));
  peers.clear();
}

export class Peer {
  readonly client: ChatClient;
  /** Texts of the messages of others, in order. */
  readonly heard: string[] = [];
  readonly #changes = new Changes();

  private constructor(client: ChatClient) {
    this.client = client;
    void this.#follow();
  }

  static async in(room: string, port: number, nick = "bob"): Promise<Peer> {
    const client = await connectChat({ port, nick });
    peers.add(client);
    const peer = new Peer(client);
    await client.join(room);
    return peer;
  }

  async #follow(): Promise<void> {
    for await (const event of this.client.events()) {
      if (event.type === "message" && event.from !== this.client.me) this.heard.push(event.text);
      this.#changes.tell();
    }
  }

  /** Resolves when what was heard satisfies `isSo`. */
  until(isSo: (heard: readonly string[]) => boolean): Promise<void> {
    return this.#changes.until(
      () => isSo(this.heard),
      () => `heard ${JSON.stringify(this.heard.slice(-5))}`,
    );
  }
}

/** Every message of a room, oldest first, page by page. */
export async function storedTexts(client: ChatClient, room: string): Promise<string[]> {
  let texts: string[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await client.history(room, { before });
    const found = page.entries.flatMap((entry) => (entry.type === "message" ? [entry.text] : []));
    texts = [...found, ...texts];
    before = page.entries[0]?.seq;
    if (!page.more || before === undefined) return texts;
  }
}
