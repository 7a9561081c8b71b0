import { cornersSchema, regionOfInterestSchema } from '@inkcast/reader/vision';
import { z } from 'zod';
import { regionsSchema } from './regions.js';

/** Farther shifts are not looked for. */
const MAX_SHIFT = 0.25;

const alignmentSchema = z.strictObject({
  enabled: z.boolean().default(true).meta({
    description: 'Hold the view against the reference picture, where one was taken, and let regions follow',
  }),
  maxShift: z.number().min(0).max(MAX_SHIFT).default(0.1).meta({
    description: "How far regions follow a view that has moved, as a share of the frame's longer side",
  }),
});

export const visionSchema = z
  .strictObject({
    build: z.enum(['auto', 'native', 'wasm', 'kernels']).default('auto').meta({
      description:
        'Build of OpenCV, or kernels of our own; auto is native if it is installed, kernels on a small machine, else wasm',
    }),
    regionOfInterest: regionOfInterestSchema
      .exactOptional()
      .meta({ description: 'The part of the frame that is read', live: true }),
    perspective: cornersSchema.exactOptional().meta({
      description:
        'Corners of a page to straighten before it is read: top left, top right, bottom right, bottom left, each [x, y] as shares of the frame',
      live: true,
    }),
    regions: regionsSchema.default([]).meta({
      allowed: 'list of at most 16 regions',
      description:
        'Parts of the frame with separate readings, instead of one reading: name, regionOfInterest or corners, expect, rules, homeassistant',
      live: true,
    }),
    alignment: alignmentSchema.prefault({}).meta({ live: true }),
  })
  .refine(({ regionOfInterest, perspective }) => regionOfInterest === undefined || perspective === undefined, {
    path: ['perspective'],
    message: 'must not stand beside regionOfInterest: its corners name the region',
  })
  .superRefine(({ regionOfInterest, perspective, regions }, context) => {
    if (regions.length === 0) return;
    const beside = Object.entries({ regionOfInterest, perspective }).find(([, area]) => area !== undefined);
    if (beside === undefined) return;
    const message = 'must not stand beside regions: each of them has its own';
    context.addIssue({ code: 'custom', path: [beside[0]], message });
  });
