// A connection to a server that can be cut and mended: what one person's network does.

import { connect, createServer, type Server, type Socket } from "node:net";

export class WeakLine {
  isUp = true;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(port: () => number): Promise<WeakLine> {
    const server = createServer();
    const line = new WeakLine(server);
    server.on("connection", (near) => {
      if (!line.isUp) return void near.destroy();
      const far = connect({ host: "127.0.0.1", port: port() });
      for (const [one, other] of [[near, far] as const, [far, near] as const]) {
        line.#sockets.add(one);
        one.on("error", () => {});
        one.on("close", () => {
          line.#sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return line;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return address.port;
  }

  cut(): void {
    this.isUp = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  end(): void {
    this.cut();
    this.#server.close();
  }
}
