import { hostname } from 'node:os';
import { z } from 'zod';

/** Characters that separate or match topic levels may not stand in a name; white space makes topics hard to type. */
const NAME = /^[^+#/\s]+$/;

export const deviceSchema = z.strictObject({
  name: z
    .string()
    .regex(NAME, 'must be without +, #, / and white space')
    .default(() => hostname().replaceAll(/[+#/\s]/g, '-') || 'inkcast')
    .meta({ description: 'This device in MQTT topics', defaultText: "the machine's name" }),
});
