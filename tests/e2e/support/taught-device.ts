import { once } from 'node:events';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { teachingCropSchema, teachingStateSchema } from '@inkcast/device/teaching';
import { pushedSchema, type TeachCrop, type TeachState } from '@inkcast/device/web';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { LivePage } from '../../device/web/support/live-page.js';
import { InkcastProcess } from './daemon-process.js';

const PHOTOS = fileURLToPath(new URL('../../../assets/scenes/photos/', import.meta.url));
const cropsSchema = z.object({ crops: z.array(teachingCropSchema) });

const NO_BROKER = 'mqtt: { url: "mqtt://127.0.0.1:1" }\nteaching: { enabled: true }';

/** A daemon that reads a photo again and again and is taught, in as many lives as it takes. */
export class TaughtDevice {
  readonly #config: string;
  #process: InkcastProcess | undefined;
  #url = '';

  private constructor(config: string) {
    this.#config = config;
  }

  /**
   * @param photo a photo of the scenes or the path of a picture, which its camera shows
   * @param more lines of its configuration
   */
  static async in(folder: string, photo: string, more = NO_BROKER): Promise<TaughtDevice> {
    await mkdir(join(folder, 'pictures'));
    await copyFile(resolve(PHOTOS, photo), join(folder, 'pictures', 'a.jpg'));
    const config = join(folder, 'inkcast.yaml');
    await writeFile(
      config,
      `camera: { source: directory, folder: pictures, rate: 5, loop: true }
storage: { folder: state }
log: { format: json }
${more}
`,
    );
    return new TaughtDevice(config);
  }

  async start(): Promise<void> {
    const daemon = new InkcastProcess('run', '--config', this.#config);
    this.#process = daemon;
    const served = /"url":"(http:[^"]+)"/;
    await daemon.prints(served);
    this.#url = served.exec(daemon.stdout)?.[1] ?? '';
  }

  /** Ends it at once, with SIGKILL. */
  async kill(): Promise<void> {
    await this.#process?.end();
  }

  get url(): string {
    return this.#url;
  }

  /** One request to api/teach. @returns the answer's JSON @throws Error what it says where it is refused */
  async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const isForm = body instanceof FormData;
    const answer = await fetch(`${this.#url}api/teach${path}`, {
      method,
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(body === undefined || isForm ? {} : { headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return JSON.parse(text);
  }

  async state(): Promise<TeachState> {
    return teachingStateSchema.parse(await this.ask('GET', ''));
  }

  async crops(): Promise<readonly TeachCrop[]> {
    return cropsSchema.parse(await this.ask('GET', '/crops?limit=1000')).crops;
  }

  /** Sends pictures to be read, photos of the scenes or by their paths. */
  async upload(...photos: readonly string[]): Promise<void> {
    const form = new FormData();
    for (const photo of photos) {
      form.append('file', new Blob([await readFile(resolve(PHOTOS, photo))]), basename(photo));
    }
    await this.ask('POST', '/upload', form);
  }

  /** The longest time between two of so many frames that are read one after the other, in milliseconds. */
  async frames(count: number): Promise<number> {
    const page = await LivePage.open(this.#url);
    const times: number[] = [];
    try {
      for (let number = 1; number <= count; number++) {
        const { header } = await page.hasPictures(number);
        times.push(Date.parse(header.time ?? ''));
        page.say({ ack: header.frame ?? 0 });
      }
    } finally {
      page.close();
    }
    return Math.max(...times.slice(1).map((time, index) => time - times[index]));
  }

  /** Resolves with the first state that fits, of those that it has and that are pushed. */
  async reaches(fits: (state: TeachState) => boolean): Promise<TeachState> {
    const socket = new WebSocket(`${this.#url.replace('http', 'ws')}api/events`);
    const pushed: TeachState[] = [];
    socket.on('message', (data) => {
      const message = pushedSchema.parse(JSON.parse(String(data)));
      if (message.type === 'teach') pushed.push(message.state);
      socket.emit('seen');
    });
    await once(socket, 'open');
    try {
      pushed.push(await this.state());
      for (;;) {
        const found = pushed.find(fits);
        if (found !== undefined) return found;
        await once(socket, 'seen');
      }
    } finally {
      socket.terminate();
    }
  }
}
