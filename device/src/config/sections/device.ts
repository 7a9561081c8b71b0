import { hostname } from 'node:os';
import { deviceIdFrom, deviceIdSchema } from '@inkcast/shared/messages';
import { z } from 'zod';

export const deviceSchema = z.strictObject({
  name: deviceIdSchema
    .default(() => deviceIdFrom(hostname()))
    .meta({ description: 'Name of this device in MQTT topics', defaultText: "the machine's name" }),
});
