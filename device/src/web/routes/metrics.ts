import type { App } from '../app-types.js';
import type { Metrics } from '../metrics/index.js';

/** Numbers for Prometheus. */
export function metricsRoutes(app: App, metrics: Metrics): void {
  app.get('/metrics', { schema: { description: 'Numbers in the text format of Prometheus' } }, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}
