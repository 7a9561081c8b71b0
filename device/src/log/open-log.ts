import type { Terminal } from '@inkcast/shared/cli';
import { type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';

export interface LogSettings {
  /** The minimum level of messages that are logged. */
  readonly level: string;
  /** `auto`: plain lines on a terminal, JSON elsewhere. */
  readonly format: 'auto' | 'json' | 'pretty';
}

/** A log on standard output. */
export function openLog({ level, format }: LogSettings, { screen, log }: Terminal): Logger {
  const isPretty = format === 'pretty' || (format === 'auto' && screen !== undefined);
  const write = isPretty ? forPeople(screen?.hasColours ?? false, log) : (line: string) => log(line.trimEnd());
  return pino({ level, base: null }, { write });
}

/** A log of problems on standard error, beside a result on standard output. */
export function openErrorLog({ interactive, screen, note }: Terminal): Logger {
  const write = interactive ? forPeople(screen?.hasColours ?? false, note) : (line: string) => note(line.trimEnd());
  return pino({ level: 'warn', base: null }, { write });
}

/** Local time, level, message and values, with one line per message. */
function forPeople(colorize: boolean, show: (line: string) => void): (line: string) => void {
  const shape = prettyFactory({ colorize, singleLine: true, translateTime: 'SYS:yyyy-mm-dd HH:MM:ss' });
  return (line) => show(shape(line).trimEnd());
}
