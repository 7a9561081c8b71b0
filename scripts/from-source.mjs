// `node --import ./scripts/from-source.mjs --conditions=inkcast-source FILE.ts` runs the packages from their TypeScript,
// without a build (docs/decisions/086).
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { BUNDLES } from './source-cache.mjs';

process.setSourceMapsEnabled(true);
// A thread inherits the flags of its process. A bundled one is whole, and starts in a third of the time without the hooks.
if (isMainThread || !process.argv[1]?.startsWith(BUNDLES)) register('./source-hooks.mjs', import.meta.url);
