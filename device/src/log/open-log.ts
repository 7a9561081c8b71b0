import type { Terminal } from '@inkcast/shared/cli';
import { type Logger, pino } from 'pino';

export interface LogSettings {
  /** The minimum level of messages that are logged. */
  readonly level: string;
  /** `auto`: plain lines on a terminal, JSON elsewhere. */
  readonly format: 'auto' | 'json' | 'pretty';
}

/** A log on standard output. */
export async function openLog({ level, format }: LogSettings, { screen, log }: Terminal): Promise<Logger> {
  const isPretty = format === 'pretty' || (format === 'auto' && screen !== undefined);
  const write = isPretty ? await forPeople(screen?.hasColours ?? false, log) : (line: string) => log(line.trimEnd());
  return pino({ level, base: null }, { write });
}

/** A log of problems on standard error, beside a result on standard output. */
export async function openErrorLog({ interactive, screen, note }: Terminal): Promise<Logger> {
  const write = interactive
    ? await forPeople(screen?.hasColours ?? false, note)
    : (line: string) => note(line.trimEnd());
  return pino({ level: 'warn', base: null }, { write });
}

/** Loaded only where a person reads along. */
async function forPeople(colorize: boolean, show: (line: string) => void): Promise<(line: string) => void> {
  const { linesForPeople } = await import('./lines-for-people.js');
  return linesForPeople(colorize, show);
}
