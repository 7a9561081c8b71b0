import { prettyFactory } from 'pino-pretty';

/** Local time, level, message and values, with one line per message. */
export function linesForPeople(colorize: boolean, show: (line: string) => void): (line: string) => void {
  const shape = prettyFactory({ colorize, singleLine: true, translateTime: 'SYS:yyyy-mm-dd HH:MM:ss' });
  return (line) => show(shape(line).trimEnd());
}
