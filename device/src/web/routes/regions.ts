import { z } from 'zod';
import { expectationSchema } from '../../reading/index.js';
import { cornersSchema, namedArea, regionOfInterestSchema } from '../../vision/index.js';
import type { App, RouteParts } from '../app-types.js';
import { errorSchema, regionPreviewSchema } from '../messages.js';

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
}
