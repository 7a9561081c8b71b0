// `inkcast run --config CONFIG`, on a machine whose /sys and /dev lie in ROOT: run-elsewhere.ts CONFIG ROOT
import { loadConfig } from '@inkcast/device/config';
import { createDaemon } from '@inkcast/device/daemon';
import { pino } from 'pino';

const [file, root] = process.argv.slice(2);
const daemon = await createDaemon(await loadConfig({ file }), pino({ base: null }), '0.0.0', { root });
process.once('SIGTERM', () => void daemon.stop());
await daemon.start();
