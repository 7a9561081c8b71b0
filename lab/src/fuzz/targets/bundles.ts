import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle } from '@inkcast/device/inference';
import { MANIFEST_FILE } from '@inkcast/shared/bundle';
import { sha256 } from '@inkcast/shared/files';
import type { Random } from '@inkcast/training/random';
import { inRepository } from '../../repository/index.js';
import { fuzzedBytes, pick } from '../mutate.js';
import type { OpenTarget } from '../target.js';

const WORDS = ['"size": -1', '"sha256": ""', '"../../etc/passwd"', 'null', '1e999', '[]', '"none"', '28'];
/** What learning rehearses with is only read, so one bundle of each kind is enough. */
const BUNDLES = ['digits', 'lenet'];
/** Changed files mostly get their true hash in the manifest, since an untrue one is refused before anything is read. */
const UNTRUE_ONE_IN = 4;

/** Folders of bundles, opened as a device opens them, and a frame read. */
export const open: OpenTarget = async (folder) => {
  const sources = await Promise.all(BUNDLES.map((name) => filesOf(inRepository(`models/${name}`))));
  const target = join(folder, 'bundle');
  return {
    feed: async (random) => {
      await rm(target, { recursive: true, force: true });
      await mkdir(target);
      for (const [name, bytes] of changedBundle(random, pick(random, sources)))
        await writeFile(join(target, name), bytes);
      const engine = await openReadingEngine(await openCheckedBundle(target), { vision: 'wasm', backEnd: 'cpu' });
      try {
        engine.reader.read({ width: 64, height: 48, gray: new Uint8Array(64 * 48).fill(random.integer(256)) });
      } finally {
        engine.close();
      }
    },
    close: async () => {},
  };
};

type Files = ReadonlyMap<string, Buffer>;

async function filesOf(folder: string): Promise<Files> {
  const names = await readdir(folder);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

function changedBundle(random: Random, files: Files): Files {
  const name = pick(random, [MANIFEST_FILE, ...files.keys()]);
  const bytes = fuzzedBytes(random, { samples: [files.get(name) ?? Buffer.alloc(0)], words: WORDS });
  const changed = new Map(files).set(name, bytes);
  if (name === MANIFEST_FILE || random.integer(UNTRUE_ONE_IN) === 0) return changed;
  const manifest = JSON.parse(String(files.get(MANIFEST_FILE)));
  manifest.files[name] = { size: bytes.length, sha256: sha256(bytes) };
  return changed.set(MANIFEST_FILE, Buffer.from(JSON.stringify(manifest)));
}
