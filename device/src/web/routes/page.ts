import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { App } from '../app-types.js';

const UNBUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Inkcast</title>
<h1>Inkcast runs</h1>
<p>The page is not built: run <code>npm run setup</code> in the repository, and start Inkcast again.</p>
<p>The API is there all the same: <a href="api/docs">api/docs</a>.</p>
</html>
`;

/** The page, where it is built. @param folder what the build writes to */
export async function pageRoutes(app: App, folder: string): Promise<void> {
  const built = await stat(join(folder, 'index.html')).catch(() => undefined);
  if (built === undefined) {
    app.get('/', { schema: { hide: true } }, async (_, reply) => reply.type('text/html').send(UNBUILT));
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    // The names of these files change with what they hold.
    setHeaders: (reply, path) => {
      const isHashed = path.includes('/assets/');
      reply.setHeader('cache-control', isHashed ? 'private, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
