import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A page that looks at the live picture, as far as its socket goes. */
export class LiveTab {
  readonly #socket: WebSocket;
  #drawn = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const length = data.readUInt32LE(0);
      if (data.length === 4 + length) return;
      this.#drawn++;
      const { frame } = JSON.parse(data.subarray(4, 4 + length).toString('utf8'));
      socket.send(JSON.stringify({ ack: frame }));
    });
  }

  /**
   * @param url of the server, with http
   * @param reads whether it reads what it is sent
   */
  static async open(url: string, reads: boolean): Promise<LiveTab> {
    const tab = new LiveTab(new WebSocket(`${url.replace('http', 'ws')}api/live`));
    await once(tab.#socket, 'open');
    if (!reads) tab.#socket.pause();
    return tab;
  }

  /** Pictures that it was sent, and has said that it has drawn. */
  get drawn(): number {
    return this.#drawn;
  }

  close(): void {
    this.#socket.terminate();
  }
}
