import { z } from 'zod';

export const logSchema = z.strictObject({
  level: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'Least important messages that are logged', live: true }),
  format: z
    .enum(['auto', 'json', 'pretty'])
    .default('auto')
    .meta({ description: 'JSON lines, lines for people, or by whether standard output is a terminal' }),
});
