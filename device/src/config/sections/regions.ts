import { expectationSchema, readingRulesSchema } from '@inkcast/reader/reading';
import { cornersSchema, regionOfInterestSchema } from '@inkcast/reader/vision';
import { regionNameSchema } from '@inkcast/shared/messages';
import { z } from 'zod';
import { classFault, DEVICE_CLASSES, STATE_CLASSES } from '../../homeassistant/index.js';

/** With more regions, each would be only a few pixels and cost a reading. */
export const MAX_REGIONS = 16;

/** The kind of a region's number in Home Assistant; it overrides `homeassistant`. */
const classesSchema = z
  .strictObject({
    deviceClass: z.enum(DEVICE_CLASSES).exactOptional(),
    stateClass: z.enum(STATE_CLASSES).exactOptional(),
    unit: z.string().min(1).max(20).exactOptional(),
  })
  .superRefine((classes, context) => {
    const fault = classFault(classes);
    if (fault !== undefined) context.addIssue({ code: 'custom', path: [fault.key], message: fault.message });
  });

const regionSchema = z
  .strictObject({
    name: regionNameSchema.meta({ description: 'The region in topics and in Home Assistant' }),
    regionOfInterest: regionOfInterestSchema
      .exactOptional()
      .meta({ description: 'The part of the frame that is read' }),
    corners: cornersSchema.exactOptional().meta({
      description: 'Corners of a page to straighten, instead of regionOfInterest, each [x, y] as shares of the frame',
    }),
    expect: expectationSchema.exactOptional().meta({ description: 'Replaces reading.expect' }),
    rules: readingRulesSchema.exactOptional().meta({ description: 'Replaces all of reading.rules' }),
    homeassistant: classesSchema
      .exactOptional()
      .meta({ description: 'Replaces homeassistant.deviceClass, stateClass and unit' }),
  })
  .refine(({ regionOfInterest, corners }) => regionOfInterest === undefined || corners === undefined, {
    path: ['corners'],
    message: 'must not stand beside regionOfInterest: the corners name the region',
  });

/** Parts of the frame with separate readings. Without regions, there is one reading. */
export const regionsSchema = z
  .array(regionSchema)
  .max(MAX_REGIONS)
  .superRefine((regions, context) => {
    // Home Assistant's entity ids have neither upper-case letters nor dashes.
    const plain = regions.map(({ name }) => name.toLowerCase().replaceAll('-', '_'));
    plain.forEach((name, index) => {
      const first = plain.indexOf(name);
      if (first === index) return;
      const message = `must be another name than that of regions[${first}], also in lower case and with underscores for dashes`;
      context.addIssue({ code: 'custom', path: [index, 'name'], message });
    });
  });
