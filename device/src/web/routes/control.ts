import { InkError } from '@inkcast/shared/errors';
import { requestSchemas, responseDataSchemas } from '@inkcast/shared/messages';
import { z } from 'zod';
import { UNBOUNDED } from '../../requests/index.js';
import type { App, RouteParts } from '../app-types.js';
import { checksSchema, errorSchema } from '../messages.js';

/** A request as over MQTT, without what only MQTT needs. */
const valueBody = requestSchemas.value.omit({ transaction: true }).required({ set: true });

/** What changes the device while it runs, and what tells of it: the requests of MQTT, by their handlers. */
export function controlRoutes(app: App, { device }: RouteParts): void {
  const { handlers } = device;

  app.get(
    '/api/info',
    {
      schema: { description: 'Versions and name', response: { 200: responseDataSchemas.info, '4xx': errorSchema } },
    },
    async () => handlers.info({}, UNBOUNDED),
  );

  for (const [path, paused] of [
    ['/api/pause', true],
    ['/api/resume', false],
  ] as const) {
    app.post(
      path,
      {
        schema: {
          description: paused ? 'Leaves frames unread until they are asked for again' : 'Reads frames again',
          response: { 200: responseDataSchemas.pause, '4xx': errorSchema },
        },
      },
      async () => handlers.pause({ paused }, UNBOUNDED),
    );
  }

  app.get(
    '/api/value',
    {
      schema: {
        description: 'The last accepted reading as a number',
        querystring: z.object({
          region: z.string().optional().meta({ description: 'Whose, where there are named regions' }),
        }),
        response: { 200: responseDataSchemas.value, '4xx': errorSchema },
      },
    },
    async ({ query: { region } }) => handlers.value(region === undefined ? {} : { region }, UNBOUNDED),
  );

  app.put(
    '/api/value',
    {
      schema: {
        description: 'Holds the next readings against another value, or against none',
        body: valueBody,
        response: { 200: responseDataSchemas.value, '4xx': errorSchema },
      },
    },
    async ({ body }) => handlers.value(body, UNBOUNDED),
  );

  app.get(
    '/api/doctor',
    {
      config: { role: 'admin' },
      schema: {
        description: 'What the device needs, and whether it works, as inkcast doctor tells it',
        response: { 200: checksSchema, '4xx': errorSchema },
      },
    },
    async () => {
      const checks = [...(await device.checks())];
      return { healthy: checks.every(({ status }) => status !== 'failed'), checks };
    },
  );

  app.post(
    '/api/restart',
    {
      schema: {
        description: 'Ends the daemon, which then starts again with the configuration as it is by then',
        response: { 202: z.object({ restarting: z.literal(true) }), '4xx': errorSchema },
      },
    },
    async ({ principal }, reply) => {
      if (!device.canRestart) {
        throw new InkError('INK_RESTART_UNSUPERVISED', 'Nobody would start the daemon again.');
      }
      reply.raw.once('finish', () => device.restart(principal?.user ?? undefined));
      return reply.code(202).send({ restarting: true });
    },
  );
}
