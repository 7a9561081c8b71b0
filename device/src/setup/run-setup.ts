import type { Terminal } from '@inkcast/shared/cli';
import { asInkError } from '@inkcast/shared/errors';
import { isThere, replaceFile } from '@inkcast/shared/files';
import { annotateFrame } from '../annotation/index.js';
import { configSchema } from '../config/index.js';
import { brokerCheck } from '../doctor/index.js';
import { MqttConnection } from '../mqtt/index.js';
import { drawFrame } from './draw-frame.js';
import type { Interview } from './interview.js';
import { nextSteps } from './next-steps.js';
import { Cancelled } from './questions.js';
import type { Screen } from './screen.js';
import { installedService } from './service.js';
import type { BrokerChoice } from './setup-values.js';
import { type TestFrame, takeTestFrame } from './test-frame.js';
import { assertWritable, writeSetup } from './write-setup.js';

/** Longer than a camera takes to start. */
const TRIAL_MS = 25_000;

export interface SetupOptions {
  /** The configuration file to write. */
  readonly config: string;
  /** Path of the test frame, which is written as a JPEG. */
  readonly frame: string;
  /** Whether to try camera and broker. */
  readonly check: boolean;
}

export interface SetupEnvironment {
  readonly terminal: Terminal;
  readonly screen: Screen;
  /** The command's name as invoked. */
  readonly command: string;
  /** Root of the file system in which the service is searched. */
  readonly root?: string;
  /** Cancels setup; nothing is written then. */
  readonly signal: AbortSignal;
}

/**
 * Collects answers, tries camera and broker, writes the configuration, and tells the next steps.
 *
 * @returns whether everything that was tried works
 * @throws Cancelled; nothing is written then
 * @throws InkError what the interview or writing throws
 */
export async function runSetup(
  interview: Interview,
  { config, frame: frameFile, check }: SetupOptions,
  { terminal, screen, command, root, signal }: SetupEnvironment,
): Promise<boolean> {
  /** Tries an answer, and further ones if the user changes it, until it works or the user keeps it anyway. */
  const settle = async <T, R>(
    part: 'camera' | 'broker',
    ask: () => Promise<T>,
    attempt: (answer: T, signal: AbortSignal) => Promise<R>,
  ): Promise<{ readonly answer: T; readonly result?: R }> => {
    let answer = await ask();
    while (check) {
      terminal.note(`Trying the ${part} ...`);
      try {
        return { answer, result: await attempt(answer, AbortSignal.any([signal, AbortSignal.timeout(TRIAL_MS)])) };
      } catch (error) {
        if (signal.aborted) throw new Cancelled();
        terminal.note(String(asInkError(error)));
      }
      const decision = await interview.afterFailure(part);
      if (decision === 'on') break;
      if (decision === 'change') answer = await ask();
    }
    return { answer };
  };

  await assertWritable(config);
  if (await isThere(config)) await interview.agreeToReplace(config);
  const camera = await settle(
    'camera',
    () => interview.camera(),
    async (choice, trial) => {
      const taken = await takeTestFrame(choice, trial);
      for (const line of describeFrame(taken, screen)) terminal.print(line);
      return taken;
    },
  );
  const name = await interview.name();
  const broker = await settle(
    'broker',
    () => interview.broker(),
    async (choice, trial) => terminal.print(await tryBroker(name, choice, trial)),
  );
  if (signal.aborted) throw new Cancelled();

  const values = { name, camera: camera.answer, broker: broker.answer };
  const found = await installedService(root);
  const service = found?.config === config ? found : undefined;
  const written = await writeSetup(config, values, service);
  terminal.print(`Wrote ${config}${written.kept === undefined ? '' : `; the old one is ${written.kept}`}.`);
  if (camera.result !== undefined) {
    await replaceFile(frameFile, await annotateFrame(camera.result.frame, camera.result.reading));
    terminal.print(`Wrote the test frame, with boxes, as ${frameFile}.`);
  }
  for (const line of ['', ...nextSteps({ values, written, service, command })]) terminal.print(line);
  return !check || (camera.result !== undefined && 'result' in broker);
}

function describeFrame({ frame, reading }: TestFrame, screen: Screen): string[] {
  const { width, height } = frame;
  const digits = reading.rows.length === 0 ? 'no digits' : `the digits ${reading.rows.join(' / ')}`;
  return [...drawFrame(frame, reading.digits, screen), `The camera sees ${width}x${height} pixels, and ${digits}.`];
}

/**
 * Connects like the daemon, with another client id.
 *
 * @returns a sentence
 * @throws InkError INK_MQTT_CONNECT and the like
 */
async function tryBroker(name: string, choice: BrokerChoice, signal: AbortSignal): Promise<string> {
  const settings = configSchema.shape.mqtt.parse(choice);
  const clientId = `inkcast-${name}-setup-${process.pid}`;
  const { detail } = await brokerCheck(settings.url, () => new MqttConnection({ settings, clientId })).run(signal);
  return detail;
}
