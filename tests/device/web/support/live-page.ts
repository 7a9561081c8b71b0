import { once } from 'node:events';
import { type LiveHeader, liveHeaderSchema } from '@inkcast/device/web';
import { WebSocket } from 'ws';

export interface LiveMessage {
  readonly header: LiveHeader;
  readonly jpeg: Buffer;
}

/** A page that looks at the live picture, as far as its socket goes. */
export class LivePage {
  readonly socket: WebSocket;
  readonly messages: LiveMessage[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      const length = data.readUInt32LE(0);
      const header = liveHeaderSchema.parse(JSON.parse(data.subarray(4, 4 + length).toString('utf8')));
      this.messages.push({ header, jpeg: data.subarray(4 + length) });
      socket.emit('seen');
    });
  }

  /** @param url of the server, with http */
  static async open(url: string): Promise<LivePage> {
    const page = new LivePage(new WebSocket(`${url.replace('http', 'ws')}api/live`));
    await once(page.socket, 'open');
    return page;
  }

  /** Those with a picture. */
  get pictures(): LiveMessage[] {
    return this.messages.filter(({ jpeg }) => jpeg.length > 0);
  }

  /** Resolves when so many pictures have come. */
  async hasPictures(count: number): Promise<LiveMessage> {
    while (this.pictures.length < count) await once(this.socket, 'seen');
    return this.pictures[count - 1];
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  close(): void {
    this.socket.terminate();
  }
}
