import { z } from 'zod';
import { pathSchema } from '../path-schema.js';

const tlsSchema = z.strictObject({
  certificate: pathSchema().meta({ description: "PEM file of the page's certificate" }),
  key: pathSchema().meta({ description: 'PEM file of its key' }),
});

export const webSchema = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: 'Serve the page, its API and /metrics' }),
  address: z.string().min(1).max(255).default('127.0.0.1').meta({
    description: 'Address to listen on; any but a loopback address needs a user (inkcast user add), such as 0.0.0.0',
  }),
  port: z.int().min(0).max(65_535).default(8765).meta({ description: 'Port to listen on; 0 for any free port' }),
  hosts: z.array(z.string().min(1).max(253)).default([]).meta({
    description: "Further host names of the page, such as a proxy's; they need a login",
    allowed: 'list of host names',
  }),
  requireLogin: z.boolean().default(false).meta({
    description:
      'Require a login on loopback too, for example if other people use this machine, or behind a proxy on it',
  }),
  trustedProxy: z.union([z.ipv4(), z.ipv6()]).exactOptional().meta({
    description:
      'Address of a proxy that lets admins through only, such as that of Home Assistant; it needs no login and no host name',
    allowed: 'IP address',
  }),
  tls: tlsSchema.exactOptional(),
});
