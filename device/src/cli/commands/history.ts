import { needsWhole, type Terminal, table } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { eventSchema } from '@inkcast/shared/messages';
import type { CommandModule } from 'yargs';
import { dayBounds, type HistoryEntry, readHistoryOf } from '../../storage/index.js';
import { type StateArguments, withStateOption } from '../state-option.js';

interface HistoryArguments extends StateArguments {
  readonly json: boolean;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly day: string | undefined;
  readonly kind: HistoryEntry['event_type'] | undefined;
  readonly region: string | undefined;
  readonly limit: number;
}

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `inkcast history`: lists earlier readings, whether the daemon runs or not. */
export const historyCommand = (terminal: Terminal): CommandModule<object, HistoryArguments> => ({
  command: 'history',
  describe: 'Print earlier readings, the newest last',
  builder: (yargs) =>
    withStateOption(yargs)
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON object per line' })
      .option('since', {
        type: 'string',
        describe: 'Only readings from this time on: ISO 8601, or 30m, 12h, 7d for that long ago',
      })
      .option('until', { type: 'string', describe: 'Only readings up to this time, in the same forms' })
      .option('day', {
        type: 'string',
        conflicts: ['since', 'until'],
        describe: 'Only readings of this day, such as 2026-11-28',
      })
      .option('kind', { choices: eventSchema.shape.event_type.options, describe: 'Only this kind of change' })
      .option('region', { type: 'string', describe: 'Only readings of this named region' })
      .option('limit', { type: 'number', default: 50, describe: 'Maximum number of entries; the newest are printed' })
      .example('$0 history', 'The last 50 changes')
      .example('$0 history --since 1d --limit 1000', 'A day of readings')
      .example('$0 history --day 2026-11-28 --kind digits_changed', 'What changed on a day')
      .example('$0 history --json --limit 100000 > readings.jsonl', 'Everything that is kept'),
  handler: ({ state, json, since, until, day, kind, region, limit }) => {
    needsWhole('limit', limit);
    const entries = readHistoryOf(state, {
      limit,
      ...(since === undefined ? {} : { from: parseTime('since', since, Date.now()) }),
      ...(until === undefined ? {} : { to: parseTime('until', until, Date.now()) }),
      ...(day === undefined ? {} : parseDay(day)),
      ...(kind === undefined ? {} : { kind }),
      ...(region === undefined ? {} : { region }),
    });
    if (json) for (const entry of entries) terminal.print(JSON.stringify(entry));
    else if (entries.length === 0) terminal.note('Nothing was read in that time.');
    else terminal.print(tableOf(entries));
  },
});

function parseDay(text: string): { readonly from: Date; readonly to: Date } {
  const bounds = dayBounds(text);
  if (bounds === undefined) throw new InkError('INK_USAGE', `--day ${text} is not a day such as 2026-11-28.`);
  return bounds;
}

function parseTime(option: string, text: string, now: number): Date {
  const [, number, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const time = unit === undefined ? Date.parse(text) : now - Number(number) * UNITS_MS[unit];
  if (Number.isNaN(new Date(time).getTime()))
    throw new InkError('INK_USAGE', `--${option} ${text} is neither a time nor such as 12h.`);
  return new Date(time);
}

/** A table of the entries; it shows regions if any entry has one. */
function tableOf(entries: readonly HistoryEntry[]): string {
  const hasRegions = entries.some(({ region }) => region !== undefined);
  const rows = entries.map((entry) => [...(hasRegions ? [entry.region ?? '-'] : []), ...rowOf(entry)]);
  return table([...(hasRegions ? ['region'] : []), 'time', 'event', 'text', 'confidence', 'model'], rows);
}

function rowOf({ capturedAt, event_type, text, confidence, model }: HistoryEntry): string[] {
  const shown = text === '' ? '-' : text.replaceAll('\n', ' / ');
  return [capturedAt, event_type, shown, confidence === null ? '-' : confidence.toFixed(3), model];
}
