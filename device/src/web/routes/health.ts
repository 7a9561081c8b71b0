import { z } from 'zod';
import type { App } from '../app-types.js';

/** For whoever watches the process: that it answers, and nothing about it. */
export function healthRoutes(app: App): void {
  app.get(
    '/healthz',
    {
      config: { role: 'anyone' },
      schema: {
        description: 'Whether the server answers; the one address that needs no login',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  );
}
