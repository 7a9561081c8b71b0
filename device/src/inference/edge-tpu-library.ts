import { InkError } from '@inkcast/shared/errors';
import type { ExternalDelegate, Pointer } from '@inkcast/shared/tflite';
import type { LibraryHandle } from 'koffi';
import { loadKoffi } from '../koffi/index.js';

/** The name of Google's runtime on Debian and Raspberry Pi OS. */
export const EDGE_TPU_LIBRARY = 'libedgetpu.so.1';

/** A Coral accelerator that is plugged in. */
export interface EdgeTpuDevice {
  readonly bus: 'pci' | 'usb';
  /** For example `/sys/bus/usb/devices/2-1` or `/dev/apex_0`. */
  readonly path: string;
}

/** The C functions of edgetpu_c.h that Inkcast calls. */
export interface EdgeTpuLibrary {
  readonly version: string;
  listDevices(): EdgeTpuDevice[];
  /** Opens a device for one interpreter. */
  delegate(device: EdgeTpuDevice): ExternalDelegate;
}

/** `enum edgetpu_device_type`. */
const BUSES = ['pci', 'usb'] as const;

/**
 * Opens libedgetpu. Inkcast calls it directly, because TensorFlow Lite's helper for external delegates would hide a
 * null delegate.
 *
 * @param path a library name or path
 * @throws InkError INK_CORAL_LIBRARY if it is missing or lacks a function
 */
export function openEdgeTpuLibrary(path: string = EDGE_TPU_LIBRARY): EdgeTpuLibrary {
  const koffi = loadKoffi();
  const library = load(path);
  const find = (name: string, result: string, args: readonly string[]): ReturnType<LibraryHandle['func']> => {
    try {
      return library.func(name, result, [...args]);
    } catch (cause) {
      throw new InkError('INK_CORAL_LIBRARY', `${path} lacks the function ${name}.`, { cause });
    }
  };
  const deviceType = koffi.struct({ type: 'int', path: 'const char *' });
  const list = find('edgetpu_list_devices', 'void *', ['_Out_ size_t *']);
  const free = find('edgetpu_free_devices', 'void', ['void *']);
  const create = find('edgetpu_create_delegate', 'void *', ['int', 'const char *', 'void *', 'size_t']);
  const freeDelegate = find('edgetpu_free_delegate', 'void', ['void *']);
  const version: string = find('edgetpu_version', 'str', [])();
  return {
    version,
    listDevices: () => {
      const count = [0];
      const devices: Pointer = list(count);
      if (devices === null) return [];
      const found: { readonly type: number; readonly path: string }[] = koffi.decode(devices, deviceType, count[0]);
      // The paths are copied before the list is freed.
      const copies = found.map((device) => ({ bus: BUSES[device.type] ?? 'usb', path: device.path }));
      free(devices);
      return copies;
    },
    delegate: ({ bus, path: device }) => ({
      name: 'Edge TPU',
      create: () => create(BUSES.indexOf(bus), device, null, 0),
      free: (delegate) => freeDelegate(delegate),
    }),
  };
}

function load(path: string): LibraryHandle {
  try {
    return loadKoffi().load(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.trim().replace(/\.$/, '') : String(cause);
    throw new InkError('INK_CORAL_LIBRARY', `The Edge TPU library ${path} cannot be loaded: ${reason}.`, { cause });
  }
}
