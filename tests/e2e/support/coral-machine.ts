import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '@inkcast/shared/files';
import { compileStub, edgeTpuModel } from '../../device/inference/support/edge-tpu.js';

const DIGITS = fileURLToPath(new URL('../../../models/digits', import.meta.url));
const CLASSES = 11;

/** A machine into whose USB port a stand-in for a Coral is plugged: its /sys, its libedgetpu, and a bundle for it. */
export class CoralMachine {
  /** Where its system's folders are. */
  readonly root: string;
  /** What of the configuration uses the accelerator. */
  readonly inference: string;
  readonly #library: string;
  readonly #bundle: string;
  readonly #stick: string;
  readonly #unplugged: string;
  readonly #hanging: string;

  constructor(folder: string) {
    this.root = join(folder, 'root');
    this.#bundle = join(folder, 'bundle');
    this.#stick = join(this.root, 'sys/bus/usb/devices/2-1');
    this.#unplugged = join(folder, 'unplugged');
    this.#hanging = join(folder, 'hanging');
    this.#library = join(folder, 'coral.so');
    this.inference = `{ backEnd: coral, edgeTpuLibrary: ${this.#library}, model: ${this.#bundle} }`;
  }

  /** Compiles the library, completes the bundle, and plugs the stick in. */
  async start(): Promise<void> {
    const defines = [`UNPLUG_FILE="${this.#unplugged}"`, `HANG_FILE="${this.#hanging}"`];
    compileStub(join(this.#library, '..'), 'coral', ...defines);
    await cp(DIGITS, this.#bundle, { recursive: true });
    const model = edgeTpuModel('edgetpu-custom-op', CLASSES);
    await writeFile(join(this.#bundle, 'model_edgetpu.tflite'), model);
    const manifest = JSON.parse(await readFile(join(this.#bundle, 'manifest.json'), 'utf8'));
    manifest.files['model_edgetpu.tflite'] = { size: model.length, sha256: sha256(model) };
    await writeFile(join(this.#bundle, 'manifest.json'), JSON.stringify(manifest));
    await this.plugIn();
  }

  async plugIn(): Promise<void> {
    await rm(this.#unplugged, { force: true });
    await mkdir(this.#stick, { recursive: true });
    await writeFile(join(this.#stick, 'idVendor'), '18d1\n');
    await writeFile(join(this.#stick, 'idProduct'), '9302\n');
  }

  async pullOut(): Promise<void> {
    await writeFile(this.#unplugged, '');
    await rm(this.#stick, { recursive: true });
  }

  /** From now on a call into the library does not return, or does again. */
  async hang(hanging: boolean): Promise<void> {
    if (hanging) await writeFile(this.#hanging, '');
    else await rm(this.#hanging);
  }
}
