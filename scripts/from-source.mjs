// `node --import ./scripts/from-source.mjs --conditions=inkcast-source FILE.ts` runs the packages from their TypeScript,
// without a build (docs/decisions/086).
import { register } from 'node:module';

process.setSourceMapsEnabled(true);
register('./source-hooks.mjs', import.meta.url);
