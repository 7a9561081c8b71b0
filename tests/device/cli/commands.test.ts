import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Loads the commands one after the other, and says after each which packages of a server and a broker there are. */
const SCRIPT = `
  import { createRequire } from 'node:module';
  const { loadCommands } = await import('./device/src/cli/commands.ts');
  const packages = ['fastify', '@fastify/swagger', '@techstark/opencv-js', 'aedes'];
  const found = [];
  for (const command of ['run', 'demo']) {
    await loadCommands([command]);
    const paths = Object.keys(createRequire(import.meta.url).cache);
    found.push(packages.filter((name) => paths.some((path) => path.includes('/node_modules/' + name + '/'))));
  }
  process.stdout.write(JSON.stringify(found));
  process.exit();
`;

describe('the commands of inkcast', () => {
  it('load what they need and no more: the daemon no server before there is a page, and no broker', async function () {
    this.timeout(120_000);
    const options = [...process.execArgv, '--input-type=module', '--eval', SCRIPT];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    assert.deepEqual(JSON.parse(stdout), [[], ['aedes']]);
  });
});
