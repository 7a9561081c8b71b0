import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Benchmark, Ratio } from '../benchmark.js';
import { MeasuredDaemon, type Readout } from '../measured-daemon.js';
import { numberFrom } from '../number-from.js';
import { LiveTab } from './live-tab.js';

const TABS = 10;
const DEFAULT_SECONDS = 10;
const DEFAULT_ROUNDS = 5;
/** A new connection settles within this time. */
const SETTLE_MS = 1000;

interface Phase {
  readonly framesPerSecond: number;
  readonly latencyMs: number;
  readonly residentMegabytes: number;
}

interface Result {
  readonly seconds: number;
  readonly rounds: number;
  readonly without: Phase;
  readonly withTabs: Phase;
  /** With tabs against without: frames per second, and latency. */
  readonly rate: number;
  readonly latency: number;
  /** Resident memory with tabs against without, and growth from the first round with tabs to the last. */
  readonly moreMegabytes: number;
  readonly growthMegabytes: number;
  /** Pictures that one reading tab has drawn per second. */
  readonly picturesPerSecond: number;
}

/**
 * A daemon on the sample scenes, without a page and with ten, one of which reads nothing. Both are measured in turn, so that
 * whatever else the machine does counts for both.
 *
 * @param words optionally the seconds of each phase and the number of rounds
 */
async function measure([secondsText, roundsText]: readonly string[]): Promise<Result> {
  const seconds = numberFrom(secondsText, 'the seconds', DEFAULT_SECONDS);
  const rounds = numberFrom(roundsText, 'the rounds', DEFAULT_ROUNDS);
  const folder = await mkdtemp(join(tmpdir(), 'inkcast-bench-web-'));
  const daemon = await MeasuredDaemon.start(folder);
  try {
    const [without, withTabs]: [Phase[], Phase[]] = [[], []];
    let drawn = 0;
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`round ${round + 1} of ${rounds}\n`);
      without.push(await phase(daemon, seconds));
      const tabs = await Promise.all(Array.from({ length: TABS }, (_, index) => LiveTab.open(daemon.url, index > 0)));
      withTabs.push(await phase(daemon, seconds));
      drawn += tabs[TABS - 1].drawn;
      for (const tab of tabs) tab.close();
    }
    const [none, ten] = [medianOf(without), medianOf(withTabs)];
    return {
      seconds,
      rounds,
      without: none,
      withTabs: ten,
      rate: ten.framesPerSecond / none.framesPerSecond,
      latency: ten.latencyMs / none.latencyMs,
      moreMegabytes: ten.residentMegabytes - none.residentMegabytes,
      growthMegabytes: withTabs[rounds - 1].residentMegabytes - withTabs[0].residentMegabytes,
      picturesPerSecond: drawn / (rounds * (seconds + SETTLE_MS / 1000)),
    };
  } finally {
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function phase(daemon: MeasuredDaemon, seconds: number): Promise<Phase> {
  await wait(SETTLE_MS);
  const before = await daemon.read();
  await wait(seconds * 1000);
  return phaseBetween(before, await daemon.read());
}

function phaseBetween(before: Readout, after: Readout): Phase {
  const frames = after.frames - before.frames;
  return {
    framesPerSecond: frames / ((after.at - before.at) / 1000),
    latencyMs: (1000 * (after.latencySeconds - before.latencySeconds)) / frames,
    residentMegabytes: after.residentBytes / 1e6,
  };
}

function medianOf(phases: readonly Phase[]): Phase {
  const median = (value: (phase: Phase) => number) =>
    phases.map(value).toSorted((a, b) => a - b)[Math.floor(phases.length / 2)];
  return {
    framesPerSecond: median(({ framesPerSecond }) => framesPerSecond),
    latencyMs: median(({ latencyMs }) => latencyMs),
    residentMegabytes: median(({ residentMegabytes }) => residentMegabytes),
  };
}

function describe(result: Result): string[] {
  const { seconds, rounds, without, withTabs, rate, latency, moreMegabytes, growthMegabytes } = result;
  const line = (name: string, { framesPerSecond, latencyMs, residentMegabytes }: Phase) =>
    `${name}: ${framesPerSecond.toFixed(2)} frames/s, ${latencyMs.toFixed(1)} ms, ${residentMegabytes.toFixed(0)} MB`;
  return [
    `${rounds} rounds of ${seconds} s each, medians; the page looks at the sample scenes`,
    line('no page', without),
    line(`${TABS} pages, one of which reads nothing`, withTabs),
    `frames per second ${rate.toFixed(3)}, latency ${latency.toFixed(3)} of those without`,
    `memory: ${moreMegabytes.toFixed(1)} MB more with pages; ${growthMegabytes.toFixed(1)} MB more in the last round than in the first`,
    `each page draws ${result.picturesPerSecond.toFixed(1)} pictures/s`,
  ];
}

function ratios({ rate, latency }: Result): Ratio[] {
  return [
    { what: `frames per second with ${TABS} pages`, peer: 'without a page', ratio: rate },
    { what: `latency of a frame with ${TABS} pages`, peer: 'without a page', ratio: latency },
  ];
}

export const benchmark: Benchmark<Result> = { measure, describe, ratios };
