import { z } from 'zod';
import { pathSchema } from '../path-schema.js';

const tlsSchema = z.strictObject({
  certificate: pathSchema().meta({ description: 'PEM file of the certificate that the page is served with' }),
  key: pathSchema().meta({ description: 'PEM file of its key' }),
});

export const webSchema = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: 'Serve the page, its API and /metrics' }),
  address: z.string().min(1).max(255).default('127.0.0.1').meta({
    description: 'Address to listen on; any but a loopback address needs a user (inkcast user add), such as 0.0.0.0',
  }),
  port: z.int().min(0).max(65_535).default(8765).meta({ description: 'Port to listen on; 0 takes a free one' }),
  hosts: z.array(z.string().min(1).max(253)).default([]).meta({
    description: "Further names that the page is reached by, such as a proxy's; they need a login",
    allowed: 'list of host names',
  }),
  requireLogin: z.boolean().default(false).meta({
    description:
      'Ask for a login on loopback too, such as where other people use this machine, or behind a proxy on it',
  }),
  tls: tlsSchema.exactOptional(),
});
