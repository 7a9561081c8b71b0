import { deviceIdSchema } from '@inkcast/shared/messages';
import { z } from 'zod';
import type { App } from '../app-types.js';
import { errorSchema, unwritableSchema } from '../messages.js';
import type { WebSetup } from '../web-device.js';

const MAX_TEXT = 2000;
const text = z.string().trim().min(1).max(MAX_TEXT);

const answersSchema = z.strictObject({
  /** As `inkcast setup --camera` takes it. */
  camera: text,
  name: deviceIdSchema,
  /** The broker's address. */
  broker: text,
  username: text.exactOptional(),
  password: z.string().min(1).max(MAX_TEXT).exactOptional(),
});

/** What `inkcast setup` asks, for a first visit. */
export function setupRoutes(app: App, setup: WebSetup): void {
  app.get(
    '/api/setup',
    {
      config: { role: 'admin' },
      schema: {
        description: 'What there is to choose from: cameras that were found, and defaults',
        response: {
          200: z.object({
            cameras: z.array(z.object({ value: z.string(), label: z.string() })),
            name: z.string(),
            broker: z.string(),
            unwritable: unwritableSchema,
          }),
          '4xx': errorSchema,
        },
      },
    },
    async () => {
      const { cameras, ...others } = await setup.choices();
      return { cameras: [...cameras], ...others };
    },
  );

  app.post(
    '/api/setup',
    {
      schema: {
        description: 'Writes the configuration that the daemon starts with next; a copy of the old one is kept',
        body: answersSchema,
        response: { 200: z.object({ file: z.string() }), '4xx': errorSchema },
      },
    },
    async ({ body }) => ({ file: await setup.write(body) }),
  );
}
