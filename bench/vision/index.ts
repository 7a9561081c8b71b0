import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle } from '@inkcast/device/inference';
import {
  isOpenCvNativeInstalled,
  type LumaFrame,
  openVision,
  proposeCandidates,
  type VisionBuild,
} from '@inkcast/device/vision';
import sharp from 'sharp';
import type { Benchmark } from '../benchmark.js';
import { openNativeChain } from './native-chain.js';
import type { PeerChain } from './peer-chain.js';
import { openWasmChain } from './wasm-chain.js';

const SIZE = { width: 640, height: 480 };
const WARM_UP = 2;
const ROUNDS = 7;

/** Milliseconds a frame of 640x480, decoding excluded: medians over the scenes. */
interface BuildTimes {
  /** Otsu's threshold, contours and crops, in the same build. */
  readonly chain: number;
  readonly vision: number;
  readonly inference: number;
  /** Vision and inference, against the chain alone. */
  readonly ratio: number;
  readonly candidates: number;
}

interface Result {
  readonly frames: number;
  readonly builds: Readonly<Partial<Record<VisionBuild, BuildTimes>>>;
  /** WASM's time for vision against the native build's; null where that is not installed. */
  readonly wasmToNative: number | null;
}

const asset = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

async function measure(): Promise<Result> {
  const frames = await sceneFrames();
  const wasm = await measureBuild('wasm', await openWasmChain(), frames);
  if (!isOpenCvNativeInstalled()) return { frames: frames.length, builds: { wasm }, wasmToNative: null };
  const native = await measureBuild('native', openNativeChain(), frames);
  return { frames: frames.length, builds: { wasm, native }, wasmToNative: round(wasm.vision / native.vision) };
}

async function sceneFrames(): Promise<LumaFrame[]> {
  const folder = asset('assets/scenes/photos');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort();
  return Promise.all(
    names.map(async (name) => {
      const picture = sharp(join(folder, name)).resize(SIZE.width, SIZE.height, { fit: 'fill' }).grayscale();
      return { ...SIZE, gray: new Uint8Array(await picture.raw({ depth: 'uchar' }).toBuffer()) };
    }),
  );
}

async function measureBuild(build: VisionBuild, chain: PeerChain, frames: readonly LumaFrame[]): Promise<BuildTimes> {
  const operations = await openVision(build);
  const engine = await openReadingEngine(await openCheckedBundle(asset('models/digits')), { vision: build });
  try {
    const chainTimes: number[] = [];
    const visionTimes: number[] = [];
    const inferenceTimes: number[] = [];
    const wholes: number[] = [];
    const counts: number[] = [];
    for (const frame of frames) {
      chainTimes.push(medianTime(() => chain.run(frame)));
      const crops = proposeCandidates(operations, frame).map(({ crop }) => crop);
      counts.push(crops.length);
      visionTimes.push(medianTime(() => proposeCandidates(operations, frame)));
      inferenceTimes.push(medianTime(() => engine.classifier.classify(crops)));
      wholes.push(
        (visionTimes[visionTimes.length - 1] + inferenceTimes[inferenceTimes.length - 1]) /
          chainTimes[chainTimes.length - 1],
      );
    }
    return {
      chain: round(median(chainTimes)),
      vision: round(median(visionTimes)),
      inference: round(median(inferenceTimes)),
      ratio: round(median(wholes)),
      candidates: median(counts),
    };
  } finally {
    engine.close();
  }
}

function medianTime(work: () => unknown): number {
  const times = Array.from({ length: WARM_UP + ROUNDS }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return median(times.slice(WARM_UP));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function describe({ frames, builds, wasmToNative }: Result): string[] {
  const lines = Object.entries(builds).map(
    ([build, times]) =>
      `${build}: chain ${times.chain} ms, vision ${times.vision} ms (${times.candidates} candidates), ` +
      `inference ${times.inference} ms: ${times.ratio} times the chain`,
  );
  const native =
    wasmToNative === null
      ? 'native: not installed (npm run setup:native)'
      : `WASM takes ${wasmToNative} times as long as native for vision`;
  return [`${frames} scenes of ${SIZE.width}x${SIZE.height}, medians`, ...lines, native];
}

export const benchmark: Benchmark<Result> = { measure, describe };
