import { InkError } from '@inkcast/shared/errors';
import type { RequestPayload } from '@inkcast/shared/messages';
import type { FleetMonitor } from './fleet-monitor.js';
import type { FleetRequests } from './fleet-requests.js';

export interface RolloutOptions {
  readonly monitor: FleetMonitor;
  readonly requests: FleetRequests;
  /** In the order in which they receive the model. */
  readonly devices: readonly string[];
  /** How many devices have the model after each stage; the last number is all of them. */
  readonly stages: readonly number[];
  /** The packed bundle or its URL, with its SHA-256. */
  readonly bundle: Omit<Extract<RequestPayload<'model'>, { action: 'install' }>, 'action' | 'use' | 'transaction'>;
  /** Maximum time for a device to install the model, and again to report that it runs. */
  readonly timeoutMs: number;
  /** Called for each device that runs the model, and for each finished stage. */
  readonly note: (line: string) => void;
}

/**
 * Parses stages such as `1,25%,100%`: increasing counts or shares, rounded up, the last one all devices.
 *
 * @throws InkError INK_USAGE
 */
export function parseStages(text: string, devices: number): readonly number[] {
  const stages = text.split(',').map((part) => {
    const [, number, percent] = /^\s*(\d+)(%?)\s*$/.exec(part) ?? [];
    if (number === undefined) throw new InkError('INK_USAGE', `${part.trim() || 'Nothing'} is not a stage.`);
    return percent === '%'
      ? Math.ceil((devices * Math.min(Number(number), 100)) / 100)
      : Math.min(Number(number), devices);
  });
  const growing = [...new Set([...stages, devices])].filter((count) => count > 0);
  if (growing.some((count, index) => index > 0 && count < growing[index - 1])) {
    throw new InkError('INK_USAGE', `The stages ${text} do not grow.`);
  }
  return growing;
}

/**
 * Installs a model on all devices, stage by stage. A stage begins when every device of the previous one runs the model
 * and reports no problem.
 *
 * @throws InkError INK_ROLLOUT_STOPPED naming the devices that failed; devices of later stages keep their model
 */
export async function rollOut(options: RolloutOptions): Promise<void> {
  const { devices, stages, note } = options;
  let done = 0;
  for (const [index, goal] of stages.entries()) {
    const stage = devices.slice(done, goal);
    const results = await Promise.allSettled(stage.map((device) => update(device, options)));
    const failures = results.flatMap((result, at) =>
      result.status === 'rejected' ? [`${stage[at]} (${reasonOf(result.reason)})`] : [],
    );
    done += stage.length;
    if (failures.length > 0) {
      const kept = `${devices.length - done} of ${devices.length} devices were not touched.`;
      throw new InkError('INK_ROLLOUT_STOPPED', `Stage ${index + 1} failed on ${failures.join(', ')}; ${kept}`);
    }
    note(`stage ${index + 1} of ${stages.length}: ${done} of ${devices.length} devices`);
  }
}

async function update(device: string, { monitor, requests, bundle, timeoutMs, note }: RolloutOptions): Promise<void> {
  const before = monitor.device(device);
  if (before?.availability !== 'online') throw new InkError('INK_FLEET_SILENT', `${device} is not online.`);
  const known = new Set(before.health?.problems.map(({ code }) => code));
  const { models } = await requests.ask(device, 'model', { action: 'install', use: true, ...bundle }, timeoutMs);
  const active = models.find((model) => model.active)?.model;
  const silent = new InkError(
    'INK_FLEET_SILENT',
    `${device} did not report running ${active} within ${timeoutMs / 1000} s.`,
  );
  const { health } = await monitor.until(
    device,
    (state) => state.availability === 'online' && state.health?.model === active && state.health !== before.health,
    timeoutSignal(timeoutMs, silent),
  );
  const fresh = health?.problems.filter(({ code }) => !known.has(code)) ?? [];
  if (fresh.length > 0)
    throw new InkError('INK_FLEET_REFUSED', `It now reports ${fresh.map(({ code }) => code).join(', ')}.`);
  note(`${device} runs ${active}`);
}

function timeoutSignal(timeoutMs: number, reason: Error): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), timeoutMs).unref();
  return controller.signal;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
