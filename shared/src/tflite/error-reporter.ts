import koffi from 'koffi';
import type { Pointer } from './native-functions.js';

/** Collects the messages that TensorFlow Lite would otherwise print. */
export interface ErrorReporter {
  /** The address of the callback for the library. */
  readonly callback: bigint;
  /** The messages since the last call, as one line; empty if there were none. */
  take(): string;
  close(): void;
}

const MAX_MESSAGE_BYTES = 1024;

/**
 * The callback receives a format and a `va_list`. On both platforms (System V x86-64, AAPCS64) a `va_list` argument is
 * passed as an address, so it can be passed on to vsnprintf.
 */
export function openErrorReporter(): ErrorReporter {
  const messages: string[] = [];
  const print = koffi.load(null).func('vsnprintf', 'int', ['void *', 'size_t', 'void *', 'void *']);
  const report = (_userData: Pointer, format: Pointer, values: Pointer): void => {
    const text = new Uint8Array(MAX_MESSAGE_BYTES);
    print(text, text.length, format, values);
    messages.push(new TextDecoder().decode(text.subarray(0, text.indexOf(0))).trim());
  };
  const callback = koffi.register(report, koffi.pointer(koffi.proto('void', ['void *', 'void *', 'void *'])));
  return {
    callback,
    take: () => messages.splice(0).join('; '),
    close: () => koffi.unregister(callback),
  };
}
