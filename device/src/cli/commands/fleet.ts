import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ExitCode, interruptible, needsBetween, type Terminal, table } from '@inkcast/shared/cli';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { readWholeFile, sha256 } from '@inkcast/shared/files';
import { requestSchemas, VERBS, type Verb } from '@inkcast/shared/messages';
import { parseJson } from '@inkcast/shared/plain-data';
import type { Argv, CommandModule } from 'yargs';
import {
  collectLabels,
  type DeviceSummary,
  FleetMonitor,
  FleetRequests,
  parseStages,
  rollOut,
  summaryOf,
} from '../../fleet/index.js';
import { type BrokerSettings, MqttConnection } from '../../mqtt/index.js';

interface BrokerArguments {
  readonly url: string;
  readonly base: string;
  readonly mqtt: '5' | '3.1.1';
  readonly username: string | undefined;
  readonly 'password-file': string | undefined;
  readonly ca: string | undefined;
  readonly timeout: number;
}

interface ListArguments extends BrokerArguments {
  readonly json: boolean;
  readonly once: boolean;
}

interface RequestArguments extends BrokerArguments {
  readonly verb: Verb;
  readonly devices: readonly string[];
  readonly all: boolean;
  readonly payload: string;
}

interface LabelsArguments extends BrokerArguments {
  readonly devices: readonly string[];
  readonly all: boolean;
  readonly out: string;
}

interface RolloutArguments extends BrokerArguments {
  readonly bundle: string;
  readonly devices: readonly string[];
  readonly all: boolean;
  readonly stages: string;
}

/** `inkcast fleet`: the devices at one broker. */
export const fleetCommand = (terminal: Terminal, exit: ExitCode): CommandModule => ({
  command: 'fleet',
  describe: 'List the devices at a broker, send them requests, collect labels, roll out models',
  builder: (yargs) =>
    withBroker(yargs)
      .command(listCommand(terminal))
      .command(requestCommand(terminal, exit))
      .command(labelsCommand(terminal, exit))
      .command(rolloutCommand(terminal))
      .demandCommand(1, 'Say what to do with the fleet: list, request, labels or rollout.'),
  handler: () => {},
});

const listCommand = (terminal: Terminal): CommandModule<BrokerArguments, ListArguments> => ({
  command: 'list',
  describe: 'Show every device with its state, version, model and reading, until Ctrl-C',
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'Print the list once, as JSON' })
      .option('once', { type: 'boolean', default: false, describe: 'Print the list once' })
      .example('$0 fleet list --url mqtt://broker', 'Redrawn on a terminal; elsewhere a header, then one line a change')
      .example('$0 fleet list --json', 'For scripts'),
  handler: (args) =>
    atBroker(args, terminal, async ({ monitor }) => {
      const summaries = () => monitor.devices.map(summaryOf);
      if (args.json) terminal.print(JSON.stringify(summaries()));
      else if (args.once) terminal.print(tableOf(summaries()));
      else await interruptible((signal) => follow(monitor, terminal, signal));
    }),
});

const requestCommand = (terminal: Terminal, exit: ExitCode): CommandModule<BrokerArguments, RequestArguments> => ({
  command: 'request <verb> [devices..]',
  describe: 'Send a request to some or all devices, and print one JSON object per line for each answer',
  builder: (yargs) =>
    withDevices(yargs)
      .positional('verb', { choices: VERBS, demandOption: true, describe: 'Verb of the request' })
      .option('payload', { type: 'string', default: '{}', describe: "The request's JSON" })
      .example('$0 fleet request info --all', 'Ask every device that is online')
      .example('$0 fleet request pause desk door', 'Pause two devices')
      .example(`$0 fleet request config desk --payload '{"set":{"log.level":"debug"}}'`, 'Set a live key'),
  handler: (args) =>
    atBroker(args, terminal, async ({ monitor, requests }) => {
      const payload = requestSchemas[args.verb].safeParse(parsePayload(args.payload));
      if (!payload.success) throw new InkError('INK_USAGE', `--payload is no ${args.verb} request.`);
      const ask = async (device: string) => {
        try {
          const data = await requests.ask(device, args.verb, payload.data, args.timeout * 1000);
          terminal.print(JSON.stringify({ device, status: 'ok', data }));
        } catch (error) {
          const { code, message, remedy, exitCode } = asInkError(error);
          exit.code = exitCode;
          terminal.print(JSON.stringify({ device, status: 'error', error: { code, message, remedy } }));
        }
      };
      await Promise.all(chosen(args, monitor).map(ask));
    }),
});

const labelsCommand = (terminal: Terminal, exit: ExitCode): CommandModule<BrokerArguments, LabelsArguments> => ({
  command: 'labels [devices..]',
  describe: 'Collect the labelled crops of devices that share them, as one set of folders by class',
  builder: (yargs) =>
    withDevices(yargs)
      .option('out', { type: 'string', demandOption: true, describe: 'Folder to write to' })
      .example('$0 fleet labels --all --out labels', 'Of every device with teaching.share')
      .example('$0 fleet labels desk door --out labels', 'Of two devices'),
  handler: (args) =>
    atBroker(args, terminal, ({ monitor, requests }) =>
      collectLabels({
        requests,
        devices: chosen(args, monitor),
        folder: args.out,
        timeoutMs: args.timeout * 1000,
        note: (device, result) => {
          if (typeof result === 'number') {
            terminal.print(`${device}: ${result} labels`);
            return;
          }
          exit.code = result.exitCode;
          terminal.note(`${device}: ${result}`);
        },
      }),
    ),
});

const rolloutCommand = (terminal: Terminal): CommandModule<BrokerArguments, RolloutArguments> => ({
  command: 'rollout <bundle> [devices..]',
  describe: 'Install a packed model bundle in stages, and stop if a device fails',
  builder: (yargs) =>
    withDevices(yargs)
      .positional('bundle', { type: 'string', demandOption: true, describe: 'The bundle as .tar.gz' })
      .option('stages', {
        type: 'string',
        default: '1,10%,50%,100%',
        describe: 'Number or share of devices that have the model after each stage',
      })
      .example('tar -czf digits.tar.gz -C models/digits .', 'Pack a bundle')
      .example('$0 fleet rollout digits.tar.gz --all', 'First one device, then a tenth, a half, all')
      .example('$0 fleet rollout digits.tar.gz desk door --stages 1,100%', 'One, then the other'),
  handler: (args) =>
    atBroker(args, terminal, async ({ monitor, requests }) => {
      const packed = await readWholeFile(args.bundle);
      const devices = chosen(args, monitor);
      await rollOut({
        monitor,
        requests,
        devices,
        stages: parseStages(args.stages, devices.length),
        bundle: { bundle: packed.toString('base64'), sha256: sha256(packed) },
        timeoutMs: args.timeout * 1000,
        note: (line) => terminal.print(line),
      });
    }),
});

const withBroker = <T>(yargs: Argv<T>) =>
  yargs
    .option('url', {
      type: 'string',
      default: process.env.INKCAST_MQTT_URL ?? 'mqtt://localhost:1883',
      describe: 'The broker',
    })
    .option('base', { type: 'string', default: 'inkcast', describe: 'Base of all topics' })
    .option('mqtt', { choices: ['5', '3.1.1'] as const, default: '5' as const, describe: 'Version of MQTT' })
    .option('username', { type: 'string', describe: 'User at the broker' })
    .option('password-file', { type: 'string', describe: 'File that holds the password' })
    .option('ca', { type: 'string', describe: "PEM file of authorities to trust instead of the system's" })
    .option('timeout', { type: 'number', default: 30, describe: 'Seconds to wait for a broker or a device' });

const withDevices = <T>(yargs: Argv<T>) =>
  yargs
    .positional('devices', { type: 'string', array: true, default: [], describe: 'Names of devices' })
    .option('all', { type: 'boolean', default: false, describe: 'All devices that are online' });

const MIN_TIMEOUT_SECONDS = 0.001;
/** One day; timers take at most about 24. */
const MAX_TIMEOUT_SECONDS = 86_400;

interface Fleet {
  readonly monitor: FleetMonitor;
  readonly requests: FleetRequests;
}

/** Connects, waits for retained messages, and does `work`. */
async function atBroker(
  args: BrokerArguments,
  terminal: Terminal,
  work: (fleet: Fleet) => Promise<void>,
): Promise<void> {
  needsBetween('timeout', args.timeout, MIN_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS);
  const name = `fleet-${randomBytes(6).toString('hex')}`;
  const settings: BrokerSettings = {
    url: args.url,
    version: args.mqtt,
    sessionExpirySeconds: 0,
    ...(args.username === undefined ? {} : { username: args.username }),
    ...(args['password-file'] === undefined ? {} : { passwordFile: args['password-file'] }),
    ...(args.ca === undefined ? {} : { tls: { ca: args.ca } }),
  };
  const connection = new MqttConnection({ settings, clientId: `inkcast-${name}` });
  const monitor = new FleetMonitor(args.base);
  const requests = new FleetRequests({ connection, base: args.base, name, version: args.mqtt });
  monitor.on('problem', (problem) => terminal.note(String(problem)));
  monitor.subscribe(connection);
  requests.subscribe();
  connection.on('down', (reason) => terminal.note(String(reason)));
  connection.on('concession', (concession) => terminal.note(String(concession)));
  connection.start();
  try {
    // A person is waiting, so a failure is reported instead of being retried.
    const failed = once(connection, 'problem').then(([problem]) => Promise.reject(problem));
    await Promise.race([requests.settled(args.timeout * 1000), failed]);
    await work({ monitor, requests });
  } finally {
    await connection.stop();
  }
}

function chosen(
  { devices, all }: { devices: readonly string[]; all: boolean },
  monitor: FleetMonitor,
): readonly string[] {
  if (all === devices.length > 0) throw new InkError('INK_USAGE', 'Name devices, or say --all.');
  if (!all) return devices;
  const online = monitor.devices.filter(({ availability }) => availability === 'online').map(({ device }) => device);
  if (online.length === 0) throw new InkError('INK_FLEET_SILENT', 'No device is online at this broker.');
  return online;
}

/** Minimum time between two redraws, however many devices change. */
const REDRAW_MS = 200;

async function follow(monitor: FleetMonitor, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  if (terminal.screen === undefined) {
    terminal.print(COLUMNS.join('  '));
    for (const state of monitor.devices) terminal.print(lineOf(summaryOf(state)));
    monitor.on('change', (state) => terminal.print(lineOf(summaryOf(state))));
    return ended;
  }
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    timer = undefined;
    terminal.print(`\u001b[H\u001b[J${tableOf(monitor.devices.map(summaryOf))}`);
  };
  monitor.on('change', () => {
    timer ??= setTimeout(draw, REDRAW_MS);
  });
  draw();
  await ended;
  clearTimeout(timer);
}

const COLUMNS = ['device', 'state', 'version', 'model', 'reading', 'since', 'problems'];

function tableOf(devices: readonly DeviceSummary[]): string {
  return table(COLUMNS, devices.map(cellsOf));
}

function cellsOf({ device, state, version, model, text, regions, since, problems }: DeviceSummary): string[] {
  const shown = (one: string) => one.replaceAll('\n', ' / ') || '(nothing)';
  const named = Object.entries(regions ?? {}).map(([name, one]) => `${name} ${shown(one)}`);
  const reading = named.length > 0 ? named.join(', ') : text === null ? '-' : shown(text);
  return [device, state, version ?? '-', model ?? '-', reading, since ?? '-', problems.join(' ') || '-'];
}

const lineOf = (device: DeviceSummary): string => cellsOf(device).join('  ');

function parsePayload(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new InkError('INK_USAGE', '--payload is not JSON.');
  }
}
