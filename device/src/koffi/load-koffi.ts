import { createRequire } from 'node:module';
import type koffi from 'koffi';

const require = createRequire(import.meta.url);

/** The binding to native libraries, which is loaded when it is first needed: it takes 2 MB, and few machines need it. */
export const loadKoffi = (): typeof koffi => require('koffi');
