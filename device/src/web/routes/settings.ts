import { z } from 'zod';
import type { App, RouteParts } from '../app-types.js';
import { errorSchema, savedSettingsSchema, settingsSchema, settingsVersionsSchema } from '../messages.js';

const changesSchema = z.strictObject({
  /** Values by dotted key; null takes one away, so that its default counts. */
  changes: z.record(z.string(), z.json()),
});
const saveSchema = changesSchema.extend({
  /** Of the file that was looked at; left out to change it whatever it says by now. */
  version: z.string().exactOptional(),
});

/** The configuration: what there is to set, and the file that it is saved to. */
export function settingsRoutes(app: App, { device }: RouteParts): void {
  app.get(
    '/api/settings',
    {
      schema: {
        description: 'Every key of the configuration with its schema and its value; secrets without theirs',
        response: { 200: settingsSchema, '4xx': errorSchema },
      },
    },
    async () => device.settings.describe(),
  );

  app.patch(
    '/api/settings',
    {
      schema: {
        description: 'Sets live keys until the daemon ends',
        body: changesSchema,
        response: { 204: z.null(), '4xx': errorSchema },
      },
    },
    async ({ body }, reply) => {
      await device.handlers.config({ set: body.changes }, { maxBytes: Number.POSITIVE_INFINITY, again: false });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/settings/save',
    {
      schema: {
        description: 'Saves values to the configuration file, all or none; live ones hold at once',
        body: saveSchema,
        response: { 200: savedSettingsSchema, '4xx': errorSchema },
      },
    },
    async ({ body: { changes, version } }) => device.settings.save(changes, version),
  );

  app.get(
    '/api/settings/versions',
    {
      config: { role: 'admin' },
      schema: {
        description: 'Earlier versions of the configuration file, the newest first',
        response: { 200: settingsVersionsSchema, '4xx': errorSchema },
      },
    },
    async () => {
      const versions = await device.settings.versions();
      return { versions: versions.map(({ id, keptAt, bytes }) => ({ id, savedAt: keptAt.toISOString(), bytes })) };
    },
  );

  app.post(
    '/api/settings/versions/:id/restore',
    {
      schema: {
        description: 'Puts an earlier version in the place of the configuration file, which is kept as another one',
        params: z.object({ id: z.string().regex(/^\d{1,9}$/) }),
        response: { 200: savedSettingsSchema, '4xx': errorSchema },
      },
    },
    async ({ params: { id } }) => device.settings.restore(id),
  );
}
