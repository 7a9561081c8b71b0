import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { InferenceBackEnd } from '@inkcast/reader/inference';
import { InkError } from '@inkcast/shared/errors';
import { readTflite } from '@inkcast/shared/tflite-file';
import type { TfLiteRuntime } from './tflite-runtime.js';

/** TensorFlow Lite compiled to WebAssembly with SIMD, from the npm package, without its JavaScript client. */
const MODULE = '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd';

/** A C++ object as Emscripten's binding shows it. */
interface WasmObject {
  delete(): void;
}

interface WasmTensor extends WasmObject {
  readonly dataType: string;
  /** A view of the module's memory. It becomes invalid when the memory grows. */
  data(): ArrayBufferView;
}

interface WasmList extends WasmObject {
  size(): number;
  get(index: number): WasmTensor;
}

interface WasmRunner extends WasmObject {
  GetInputs(): WasmList;
  GetOutputs(): WasmList;
  Infer(): boolean;
}

interface WasmResult extends WasmObject {
  ok(): boolean;
  errorMessage(): string;
  value(): WasmRunner;
}

interface WasmModule {
  readonly HEAPU8: Uint8Array;
  readonly TFLiteWebModelRunner: {
    CreateFromBufferAndOptions(address: number, size: number, options: WasmOptions): WasmResult;
  };
  _malloc(size: number): number;
  _free(address: number): void;
}

interface WasmOptions {
  readonly numThreads: number;
  readonly enableProfiling: boolean;
  readonly maxProfilingBufferEntries: number;
}

type ModuleFactory = (settings: {
  readonly wasmBinary: Uint8Array;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}) => Promise<WasmModule>;

/** TensorFlow Lite as WebAssembly, for machines without a native library. */
class WasmBackEnd implements InferenceBackEnd {
  readonly name = 'wasm';
  readonly #runner: WasmRunner;
  readonly #input: WasmTensor;
  readonly #output: WasmTensor;
  readonly #free: () => void;

  constructor(runner: WasmRunner, input: WasmTensor, output: WasmTensor, free: () => void) {
    this.#runner = runner;
    this.#input = input;
    this.#output = output;
    this.#free = free;
  }

  run(input: Int8Array): Int8Array {
    int8(this.#input).set(input);
    if (!this.#runner.Infer()) throw new InkError('INK_TFLITE_INTERPRETER', 'TensorFlow Lite (WASM) failed to run.');
    return int8(this.#output);
  }

  close(): void {
    this.#free();
  }
}

/** One instance of the module. All its models share its memory. */
class WasmRuntime implements TfLiteRuntime {
  readonly library = undefined;
  readonly #tflite: WasmModule;
  readonly #messages: string[];

  /** @param messages the module's output so far */
  constructor(tflite: WasmModule, messages: string[]) {
    this.#tflite = tflite;
    this.#messages = messages;
  }

  open(model: Uint8Array): InferenceBackEnd {
    // A damaged model could take the module's whole memory, so the reader checks it first.
    readTflite(model);
    const tflite = this.#tflite;
    const owned: WasmObject[] = [];
    const own = <O extends WasmObject>(object: O): O => {
      owned.push(object);
      return object;
    };
    // The runner reads the weights from here, so the model lives as long as the runner.
    const address = tflite._malloc(model.length);
    const free = (): void => {
      for (const object of owned.splice(0).reverse()) object.delete();
      tflite._free(address);
    };
    try {
      this.#messages.length = 0;
      tflite.HEAPU8.set(model, address);
      const options = { numThreads: 1, enableProfiling: false, maxProfilingBufferEntries: 1 };
      const result = own(tflite.TFLiteWebModelRunner.CreateFromBufferAndOptions(address, model.length, options));
      if (!result.ok()) throw refused([result.errorMessage(), ...this.#messages]);
      const runner = own(result.value());
      const only = (list: WasmList, what: string): WasmTensor => {
        const tensor = list.size() === 1 ? own(list.get(0)) : undefined;
        if (tensor?.dataType === 'int8') return tensor;
        throw new InkError('INK_TFLITE_INVALID', `The model must have one int8 ${what}.`);
      };
      const input = only(own(runner.GetInputs()), 'input');
      const output = only(own(runner.GetOutputs()), 'output');
      return new WasmBackEnd(runner, input, output, free);
    } catch (error) {
      free();
      throw error;
    }
  }

  /** The instance is freed with the last reference to it. */
  close(): void {}
}

/** Loads an instance of the module. @throws InkError INK_TFLITE_LIBRARY if it cannot be loaded */
export async function loadWasmRuntime(): Promise<TfLiteRuntime> {
  const messages: string[] = [];
  return new WasmRuntime(await loadModule((line) => messages.push(line)), messages);
}

async function loadModule(onMessage: (line: string) => void): Promise<WasmModule> {
  try {
    const require = createRequire(import.meta.url);
    const factory: ModuleFactory = require(`${MODULE}.js`);
    // The module would fetch its code from an address. With the bytes, it needs no network.
    const wasmBinary = await readFile(require.resolve(`${MODULE}.wasm`));
    return await factory({ wasmBinary, print: onMessage, printErr: onMessage });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new InkError('INK_TFLITE_LIBRARY', `TensorFlow Lite (WASM) cannot be loaded: ${reason}.`, { cause });
  }
}

function int8(tensor: WasmTensor): Int8Array {
  const data = tensor.data();
  if (data instanceof Int8Array) return data;
  throw new InkError('INK_TFLITE_INTERPRETER', 'TensorFlow Lite (WASM) holds other numbers than it says.');
}

function refused(messages: readonly string[]): InkError {
  const detail = messages.join('; ').replace(/\.$/, '');
  return new InkError('INK_TFLITE_INTERPRETER', `TensorFlow Lite (WASM) does not run the model: ${detail}.`);
}
