import { z } from 'zod';

export const logSchema = z.strictObject({
  level: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'Minimum level of logged messages', live: true }),
  format: z
    .enum(['auto', 'json', 'pretty'])
    .default('auto')
    .meta({ description: 'json or pretty (lines for people); auto is pretty on a terminal and json elsewhere' }),
});
