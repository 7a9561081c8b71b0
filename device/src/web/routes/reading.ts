import { explanationSchema } from '@inkcast/shared/explanation';
import { z } from 'zod';
import { UNBOUNDED } from '../../requests/index.js';
import type { App, RouteParts } from '../app-types.js';
import { deviceState } from '../device-state.js';
import { errorSchema, readingsSchema, stateSchema } from '../messages.js';

const regionQuery = z.object({
  region: z.string().optional().meta({ description: 'Which of the named regions; default: the first' }),
});

const snapshotQuery = z.object({
  annotated: z.stringbool().default(true).meta({ description: 'Whether boxes are drawn into the picture' }),
});

/** What the device is, sees and reads. */
export function readingRoutes(app: App, { device, feed }: RouteParts): void {
  app.get(
    '/api/state',
    { schema: { description: 'How the device is', response: { 200: stateSchema, '4xx': errorSchema } } },
    async () => deviceState(device, await device.health(), feed.fps),
  );

  app.get(
    '/api/reading',
    { schema: { description: 'What is steadily in view', response: { 200: readingsSchema, '4xx': errorSchema } } },
    async () => ({ readings: [...device.readings] }),
  );

  app.get(
    '/api/snapshot',
    {
      schema: {
        description: 'The newest frame as a JPEG; the header x-inkcast-frame has its number',
        querystring: snapshotQuery,
      },
    },
    async ({ query }, reply) => {
      const shot = await device.handlers.snapshot({ boxes: query.annotated, publish: false }, UNBOUNDED);
      reply.header('x-inkcast-frame', String(shot.frame));
      return reply.type(shot.contentType).send(Buffer.from(shot.image, 'base64'));
    },
  );

  app.get(
    '/api/explain',
    {
      schema: {
        description: 'How the newest frame is read, step by step, as inkcast read --explain tells it',
        querystring: regionQuery,
        response: { 200: explanationSchema, '4xx': errorSchema },
      },
    },
    async ({ query }) => device.explain(query.region),
  );
}
