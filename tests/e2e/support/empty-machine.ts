import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InkcastProcess } from './daemon-process.js';

const SCENE = fileURLToPath(new URL('../../../assets/scenes/photos/04-single.jpg', import.meta.url));

/** A user of a machine on which nothing is configured, with a folder of pictures as their camera. */
export class EmptyMachine {
  /** Where the first configuration goes. */
  readonly file: string;
  readonly pictures: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(folder: string) {
    this.file = join(folder, 'config', 'inkcast', 'inkcast.yaml');
    this.pictures = join(folder, 'pictures');
    this.#environment = { XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'state') };
  }

  static async in(folder: string): Promise<EmptyMachine> {
    const machine = new EmptyMachine(folder);
    await mkdir(machine.pictures);
    await copyFile(SCENE, join(machine.pictures, 'a.jpg'));
    return machine;
  }

  /** Starts `inkcast run` with further arguments. */
  run(...args: readonly string[]): InkcastProcess {
    return new InkcastProcess('run', '--set', 'log.format=json', ...args, this.#environment);
  }
}

/** Where the page of a daemon is, as it logs it. */
export async function pageOf(daemon: InkcastProcess): Promise<string> {
  const served = /"url":"(http:[^"]+)"/;
  await daemon.prints(served);
  return served.exec(daemon.stdout)?.[1] ?? '';
}
