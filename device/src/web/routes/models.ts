import { join } from 'node:path';
import multipart from '@fastify/multipart';
import { InkError } from '@inkcast/shared/errors';
import { isThere, readWholeFile, sha256 } from '@inkcast/shared/files';
import { modelReferenceSchema, responseDataSchemas } from '@inkcast/shared/messages';
import { z } from 'zod';
import { UNBOUNDED } from '../../requests/index.js';
import type { App, RouteParts } from '../app-types.js';
import { errorSchema } from '../messages.js';

/** A packed bundle with its float weights is a few megabytes. */
const MAX_BUNDLE_BYTES = 64 * 1024 * 1024;

/** What reading needs of a bundle, and nothing that was learned from. */
const readingFileSchema = z.string().regex(/^(?:manifest\.json|judgement\.json|[\w-]+\.tflite)$/);

const response = { 200: responseDataSchemas.model, '4xx': errorSchema };

/** Model bundles: which there are, which is in use, and further ones. */
export async function modelRoutes(app: App, { device }: RouteParts): Promise<void> {
  const { handlers } = device;
  await app.register(multipart, { limits: { files: 1, fields: 0, fileSize: MAX_BUNDLE_BYTES } });

  app.get('/api/models', { schema: { description: 'The installed model bundles', response } }, async () =>
    handlers.model({ action: 'list' }, UNBOUNDED),
  );

  app.get(
    '/api/bundle/:part/:file',
    {
      schema: {
        description: 'A file of the model in use, for the reader in the browser',
        params: z.object({ part: z.enum(['classifier', 'companions']), file: readingFileSchema }),
      },
    },
    async ({ params: { part, file } }, reply) => {
      const path = join(device.modelFolders[part], file);
      if (!(await isThere(path))) throw new InkError('INK_WEB_NOT_FOUND', `The model in use has no ${file}.`);
      return reply.type('application/octet-stream').send(await readWholeFile(path));
    },
  );

  app.post(
    '/api/models/use',
    {
      schema: {
        description: 'Reads with another installed bundle from now on',
        body: z.strictObject({ model: modelReferenceSchema }),
        response,
      },
    },
    async ({ body }) => handlers.model({ action: 'use', ...body }, UNBOUNDED),
  );

  app.post(
    '/api/models',
    {
      bodyLimit: MAX_BUNDLE_BYTES,
      schema: {
        description: 'Checks and installs a packed bundle (.tar.gz), the one file of a multipart/form-data request',
        consumes: ['multipart/form-data'],
        response,
      },
    },
    async (request) => {
      const file = await request.file();
      if (file === undefined) throw new InkError('INK_REQUEST_INVALID', 'The request holds no file.');
      const packed = await file.toBuffer();
      const bundle = packed.toString('base64');
      return handlers.model({ action: 'install', bundle, sha256: sha256(packed), use: false }, UNBOUNDED);
    },
  );
}
