import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CoralOrFallback,
  openCoralBackEnd,
  openCpuBackEnd,
  openEdgeTpuLibrary,
  presentCorals,
  tryCoral,
} from '@inkcast/device/inference';
import { type ErrorCode, InkError } from '@inkcast/shared/errors';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { compileEmptyLibrary, compileStub, edgeTpuModel, plainModel } from './support/edge-tpu.js';

const coded =
  (code: ErrorCode, message: RegExp) =>
  (error: unknown): boolean =>
    error instanceof InkError && error.code === code && message.test(error.message);

const ink = new Int8Array(784).fill(7);
const turnedRound = [-8, -8, -8];
const never = new AbortController().signal;

/** Runs `work` and checks that everything native is freed in the end. */
async function withLibrary(work: (library: TfLiteLibrary) => Promise<void>): Promise<void> {
  const library = openTfLite();
  try {
    await work(library);
    assert.equal(library.openHandles, 0);
  } finally {
    library.close();
  }
}

describe('the Coral back end, with a stand-in for libedgetpu', function () {
  this.timeout(60_000);

  it('runs a model that was compiled for the Edge TPU, and no other', () =>
    inTemporaryFolder((folder) =>
      withLibrary(async (library) => {
        const stub = compileStub(folder, 'works');
        const edgeTpu = openEdgeTpuLibrary(stub);
        assert.deepEqual(edgeTpu.listDevices(), [{ bus: 'usb', path: '/sys/bus/usb/devices/stub' }]);
        const backEnd = openCoralBackEnd(library, edgeTpu, edgeTpuModel());
        assert.equal(backEnd.name, 'coral');
        assert.deepEqual([...backEnd.run(ink)], turnedRound);
        backEnd.close();
        for (const model of [plainModel(), edgeTpuModel('another-op')]) {
          assert.throws(
            () => openCoralBackEnd(library, edgeTpu, model),
            coded('INK_CORAL_FAILED', /not compiled for the Edge TPU/),
          );
        }
        await tryCoral({ model: edgeTpuModel(), edgeTpu: stub }, never);
      }),
    ));

  const faults: readonly [string, string[], RegExp][] = [
    ['that makes no delegate', ['NULL_DELEGATE'], /no Edge TPU delegate/],
    ['whose delegate claims nothing', ['CLAIMS_NOTHING'], /edgetpu-custom-op/],
    ['whose delegate refuses the model', ['FAILS_PREPARE'], /there is no interpreter/],
  ];
  for (const [name, defines, message] of faults) {
    it(`refuses one ${name}, in both processes, and frees everything`, () =>
      inTemporaryFolder((folder) =>
        withLibrary(async (library) => {
          const stub = compileStub(folder, 'faulty', ...defines);
          assert.throws(
            () => openCoralBackEnd(library, openEdgeTpuLibrary(stub), edgeTpuModel()),
            coded('INK_CORAL_FAILED', message),
          );
          await assert.rejects(
            tryCoral({ model: edgeTpuModel(), edgeTpu: stub }, never),
            coded('INK_CORAL_FAILED', message),
          );
        }),
      ));
  }

  it('names a library that is missing, or that lacks a function', () =>
    inTemporaryFolder(async (folder) => {
      const missing = join(folder, 'libedgetpu.so.1');
      const empty = compileEmptyLibrary(folder);
      assert.throws(() => openEdgeTpuLibrary(missing), coded('INK_CORAL_LIBRARY', /libedgetpu\.so\.1/));
      assert.throws(() => openEdgeTpuLibrary(empty), coded('INK_CORAL_LIBRARY', /lacks the function edgetpu_/));
      const model = edgeTpuModel();
      await assert.rejects(
        tryCoral({ model, edgeTpu: empty }, never),
        coded('INK_CORAL_LIBRARY', /lacks the function/),
      );
    }));

  it('outlives a driver that ends its process, and stops waiting for one that hangs', () =>
    inTemporaryFolder(async (folder) => {
      const stub = compileStub(folder, 'crashes', 'CRASHES');
      const model = edgeTpuModel();
      await assert.rejects(tryCoral({ model, edgeTpu: stub }, never), coded('INK_CORAL_FAILED', /ended by SIGABRT/));
      await assert.rejects(
        tryCoral({ model, edgeTpu: stub, timeoutMs: 1 }, never),
        coded('INK_CORAL_FAILED', /did not come to an end/),
      );
    }));

  it('falls back with one warning, and takes the accelerator when it is plugged in again', () =>
    inTemporaryFolder((folder) =>
      withLibrary(async (library) => {
        const unplugged = join(folder, 'unplugged');
        const stick = join(folder, 'sys/bus/usb/devices/2-1');
        const plugIn = async (): Promise<void> => {
          await mkdir(stick, { recursive: true });
          await writeFile(join(stick, 'idVendor'), '18d1\n');
          await writeFile(join(stick, 'idProduct'), '9302\n');
        };
        const stub = compileStub(folder, 'unplugs', `UNPLUG_FILE="${unplugged}"`);
        await plugIn();
        const changes: (InkError | undefined)[] = [];
        let changed = (): void => {};
        const coral = new CoralOrFallback(library, edgeTpuModel(), cpuFallback(library), {
          edgeTpu: stub,
          root: folder,
          watchMs: 20,
          onChange: (refusal) => {
            changes.push(refusal);
            changed();
          },
        });
        await coral.start();
        assert.deepEqual([coral.name, coral.refusal, [...coral.run(ink)]], ['coral', undefined, turnedRound]);

        await writeFile(unplugged, '');
        await rm(stick, { recursive: true });
        coral.run(ink);
        coral.run(ink);
        assert.equal(coral.name, 'cpu');
        assert.equal(changes.length, 1);
        assert.equal(coral.refusal, changes[0]);

        const isBack = new Promise<void>((resolve) => {
          changed = resolve;
        });
        await rm(unplugged);
        await plugIn();
        await isBack;
        assert.equal(changes[1], undefined);
        assert.deepEqual([coral.name, [...coral.run(ink)]], ['coral', turnedRound]);
        coral.close();
      }),
    ));

  it('says that the bundle has no model for the Edge TPU', () =>
    withLibrary(async (library) => {
      const refusals: string[] = [];
      const coral = new CoralOrFallback(library, undefined, cpuFallback(library), {
        onChange: (refusal) => refusals.push(String(refusal?.code)),
      });
      await coral.start();
      assert.deepEqual([coral.name, refusals], ['cpu', ['INK_CORAL_FAILED']]);
      coral.close();
    }));

  it('finds sticks and cards among the devices of the kernel', () =>
    inTemporaryFolder(async (folder) => {
      assert.deepEqual(await presentCorals(folder), []);
      for (const [name, vendor, product] of [
        ['1-1', '1a6e', '089a'],
        ['1-2', '046d', '0825'],
      ]) {
        const device = join(folder, 'sys/bus/usb/devices', name);
        await mkdir(device, { recursive: true });
        await writeFile(join(device, 'idVendor'), `${vendor}\n`);
        await writeFile(join(device, 'idProduct'), `${product}\n`);
      }
      await mkdir(join(folder, 'sys/bus/usb/devices/usb1'));
      await mkdir(join(folder, 'dev'));
      await writeFile(join(folder, 'dev/apex_0'), '');
      assert.deepEqual(await presentCorals(folder), ['pci apex_0', 'usb 1-1 1a6e:089a']);
    }));
});

function cpuFallback(library: TfLiteLibrary): ReturnType<typeof openCpuBackEnd> {
  return openCpuBackEnd(library, plainModel());
}
