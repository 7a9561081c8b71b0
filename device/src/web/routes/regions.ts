import { expectationSchema } from '@inkcast/reader/reading';
import { cornersSchema, namedArea, regionOfInterestSchema } from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';
import { z } from 'zod';
import type { App, RouteParts } from '../app-types.js';
import { errorSchema, referenceSchema, regionPreviewSchema } from '../messages.js';

const previewBody = z
  .strictObject({
    regionOfInterest: regionOfInterestSchema.exactOptional(),
    corners: cornersSchema.exactOptional(),
    expect: expectationSchema.exactOptional(),
  })
  .refine(({ regionOfInterest, corners }) => regionOfInterest === undefined || corners === undefined, {
    path: ['corners'],
    message: 'must not stand beside regionOfInterest',
  });

const BOUNDS = { maxBytes: Number.POSITIVE_INFINITY, again: false };

/** What is read of the frame. */
export function regionRoutes(app: App, { device }: RouteParts): void {
  app.post(
    '/api/regions/preview',
    {
      schema: {
        description: 'What is seen and read through an area that is not set yet, on the newest frame',
        body: previewBody,
        response: { 200: regionPreviewSchema, '4xx': errorSchema },
      },
    },
    async ({ body }) => {
      const { jpeg, width, height, reading } = await device.preview(namedArea(body), body.expect);
      return { picture: jpeg.toString('base64'), width, height, reading };
    },
  );

  const reference = (method: 'get' | 'put' | 'delete', action: 'show' | 'set' | 'forget', description: string) =>
    app[method](
      '/api/reference',
      { schema: { description, response: { 200: referenceSchema, '4xx': errorSchema } } },
      async () => device.handlers.reference({ action }, BOUNDS),
    );
  reference('get', 'show', 'How the view lies beside the reference picture');
  reference('put', 'set', 'Makes the newest frame the reference picture');
  reference('delete', 'forget', 'Forgets the reference picture');

  app.get('/api/reference/picture', { schema: { description: 'The reference picture as a JPEG' } }, (_, reply) => {
    const picture = device.referencePicture;
    if (picture === undefined) throw new InkError('INK_WEB_NOT_FOUND', 'There is no reference picture.');
    return reply.type('image/jpeg').send(picture);
  });
}
