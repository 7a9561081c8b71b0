import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ReadingRules } from '@inkcast/reader/reading';
import type { Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { ResponseData } from '@inkcast/shared/messages';
import type { CommandModule } from 'yargs';
import type { Config } from '../../config/index.js';
import { queueOptions, regionIn, shownValue, valueFrom } from '../../daemon/index.js';
import { FleetRequests } from '../../fleet/index.js';
import { MqttConnection } from '../../mqtt/index.js';
import { EventStore, readAcceptedOf } from '../../storage/index.js';
import { type ConfigArguments, configOf, withConfigOptions } from '../config-options.js';

interface ValueArguments extends ConfigArguments {
  readonly value: string | undefined;
  readonly forget: boolean;
  readonly region: string | undefined;
  readonly json: boolean;
}

/** Maximum wait for a broker, and for the daemon's answer. */
const PATIENCE_MS = 10_000;

/** `inkcast value`: shows or sets the last accepted reading, which the rules compare the next one with. */
export const valueCommand = (terminal: Terminal): CommandModule<object, ValueArguments> => ({
  command: 'value [value]',
  describe: 'Print or set the last accepted reading, for example after a meter was replaced or misread',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .positional('value', {
        type: 'string',
        describe: 'Value that the next reading is compared with, such as 0 or 40.7',
      })
      .option('forget', {
        type: 'boolean',
        default: false,
        describe: 'Forget the value, so that any next reading is accepted',
      })
      .option('region', {
        type: 'string',
        requiresArg: true,
        describe: 'Region of the value, if there are named regions',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print a JSON object' })
      .example('$0 value --config my.yaml', 'The last accepted reading')
      .example('$0 value 0 --config my.yaml', 'A new meter begins at 0')
      .example('$0 value 0 --region home --config my.yaml', 'A counter of several begins at 0')
      .epilogue('A daemon that runs is told at its broker; otherwise the value is stored for its next start.'),
  handler: async (args) => {
    const { value, forget, region, json } = args;
    if (value !== undefined && forget) throw new InkError('INK_USAGE', 'Give a value or --forget, not both.');
    if (value !== undefined && !/^\d+(\.\d+)?$/.test(value)) {
      throw new InkError('INK_USAGE', `${value} is not a number in digits, such as 407 or 40.7.`);
    }
    const config = await configOf(args, (warning) => terminal.note(warning));
    const { rules } = regionIn(config, region);
    const shown =
      value === undefined && !forget
        ? shownValue(readAcceptedOf(config.storage.folder, region), rules)
        : await change(config, { value: value ?? null, region, rules });
    if (json) terminal.print(JSON.stringify(shown));
    else if (shown.value === null) terminal.print('No reading has been accepted yet.');
    else terminal.print(`${shown.value} (${shown.capturedAt})`);
  },
});

interface Change {
  /** Null forgets the value. */
  readonly value: string | null;
  readonly region: string | undefined;
  readonly rules: ReadingRules | undefined;
}

async function change(config: Config, { value, region, rules }: Change): Promise<ResponseData<'value'>> {
  const accepted = value === null ? null : valueFrom(value, rules);
  let problem: InkError | undefined;
  const store = new EventStore({
    ...queueOptions(config.storage),
    report: (error) => {
      problem ??= error;
    },
  });
  try {
    await store.start();
  } catch (error) {
    if (error instanceof InkError && error.code === 'INK_STORAGE_TAKEN') return tellDaemon(config, value, region);
    throw error;
  }
  await store.keepAccepted(accepted, region);
  const { state } = store.status;
  await store.stop();
  if (state === 'memory' && problem !== undefined) throw problem;
  return shownValue(accepted ?? undefined, rules);
}

async function tellDaemon(
  { mqtt, device }: Config,
  value: string | null,
  region: string | undefined,
): Promise<ResponseData<'value'>> {
  const { baseTopic, version, image: _, ...settings } = mqtt;
  const name = `value-${randomBytes(6).toString('hex')}`;
  const connection = new MqttConnection({
    settings: { ...settings, version, sessionExpirySeconds: 0 },
    clientId: `inkcast-${name}`,
  });
  const requests = new FleetRequests({ connection, base: baseTopic, name, version });
  requests.subscribe();
  connection.start();
  try {
    // A person is waiting, so a failure is reported instead of being retried.
    const failed = once(connection, 'problem').then(([error]) => Promise.reject(error));
    await Promise.race([requests.settled(PATIENCE_MS), failed]);
    return await requests.ask(device.name, 'value', { set: value, region }, PATIENCE_MS);
  } finally {
    await connection.stop();
  }
}
