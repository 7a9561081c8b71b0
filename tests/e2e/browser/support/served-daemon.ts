import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InkcastProcess } from '../../support/daemon-process.js';

const SCENES = fileURLToPath(new URL('../../../../assets/scenes/photos', import.meta.url));
/** Nothing listens there: a broker that cannot be reached is one more thing that a page shows. */
const NO_BROKER = 'mqtt://127.0.0.1:9';

export interface ServedOptions {
  /** The scenes that its camera shows by turns: sample photos by name, others by path. */
  readonly scenes?: readonly string[];
  readonly broker?: string;
  /** More lines of its configuration. */
  readonly more?: string;
}

/** A daemon that shows its page, started by its command line. */
export class ServedDaemon {
  readonly config: string;
  #process: InkcastProcess;
  #url = '';

  private constructor(config: string) {
    this.config = config;
    this.#process = new InkcastProcess('run', '--config', config);
  }

  /** @param folder a new one, for its pictures, its configuration and its state */
  static async start(folder: string, options: ServedOptions = {}): Promise<ServedDaemon> {
    const { scenes = ['01-note.jpg'], broker = NO_BROKER, more = '' } = options;
    const pictures = join(folder, 'pictures');
    await mkdir(pictures);
    for (const scene of scenes) await copyFile(resolve(SCENES, scene), join(pictures, basename(scene)));
    const config = join(folder, 'inkcast.yaml');
    await writeFile(
      config,
      `# The desk in the hall.
camera: { source: directory, folder: pictures, rate: 1, frameRate: 5, loop: true }
device: { name: desk }
mqtt: { url: "${broker}" }
storage: { folder: state }
reading: { tracking: { agreementMs: 100, lossMs: 150, motionMs: 200, holdMs: 100, hiddenMs: 200 } }
${more}`,
    );
    const daemon = new ServedDaemon(config);
    await daemon.#served();
    return daemon;
  }

  /** Where the page is, with a slash at the end. */
  get url(): string {
    return this.#url;
  }

  get stderr(): string {
    return this.#process.stderr;
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.#process.end();
  }

  /** Stops it, and starts it again with what its configuration says by now; the page is elsewhere then. */
  async restart(): Promise<void> {
    this.#process.terminate();
    await this.#process.ended();
    this.#process = new InkcastProcess('run', '--config', this.config);
    await this.#served();
  }

  /** Resolves when the page is served a second time, at the same place, since a restart was asked for. */
  async isServedAgain(): Promise<void> {
    await this.#process.prints(/"part":"web","url":"([^"]+)".*"part":"web","url":"\1"/s);
  }

  async #served(): Promise<void> {
    const address = /"part":"web","url":"([^"]+)"/;
    await this.#process.prints(address);
    this.#url = address.exec(this.#process.stdout)?.[1] ?? '';
  }
}
