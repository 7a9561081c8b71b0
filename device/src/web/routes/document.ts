import swagger from '@fastify/swagger';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { App } from '../app-types.js';
import { apiPage } from './api-page.js';

/** Collects what the routes say of themselves; to be registered before them. */
export async function collectRoutes(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Inkcast', version, description: 'What the page uses, for programs of your own' },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'A token that inkcast user token makes' },
        },
      },
      security: [{ token: [] }],
    },
    transform: createJsonSchemaTransform({}),
  });
}

/** The description of the API, for programs and for people. */
export function documentRoutes(app: App): void {
  app.get(
    '/api/openapi.json',
    { schema: { description: 'This description', response: { 200: z.looseObject({}) } } },
    async () => ({ ...app.swagger() }),
  );
  app.get('/api/docs', { schema: { hide: true } }, async (_, reply) =>
    reply.type('text/html').send(apiPage(app.swagger())),
  );
}
