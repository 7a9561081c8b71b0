import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listenLocally } from '../support/listen-locally.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES = ['shared', 'training', 'learning', 'reader', 'device', 'lab'];
const ADVISORY = {
  id: 1,
  url: 'https://example.com/advisories/GHSA-1',
  title: 'Reads too far',
  severity: 'high',
  vulnerable_versions: '*',
};

interface Given {
  /** What the registry says of the package sharp. */
  readonly advisories?: readonly object[];
  readonly status?: number;
  readonly allowed?: readonly object[];
}

/** Runs `npm run audit` with the lockfile of the repository and a registry of its own. */
async function audit({ advisories = [], status = 200, allowed = [] }: Given) {
  const server = createServer((request, response) => {
    const isBulk = request.url?.endsWith('/advisories/bulk') === true;
    request.resume().on('end', () => {
      response.writeHead(isBulk ? status : 404, { 'content-type': 'application/json' });
      response.end(isBulk && advisories.length > 0 ? JSON.stringify({ sharp: advisories }) : '{}');
    });
  });
  const port = await listenLocally(server);
  try {
    return await inTemporaryFolder(async (folder) => {
      for (const name of ['package-lock.json', 'package.json', ...PACKAGES.map((one) => `${one}/package.json`)]) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await copyFile(join(ROOT, name), join(folder, name));
      }
      const list = join(folder, 'allowed.json');
      await writeFile(list, JSON.stringify(allowed));
      const env = {
        ...process.env,
        INKCAST_AUDIT_ALLOWED: list,
        npm_config_registry: `http://127.0.0.1:${port}/`,
        npm_config_audit: 'true',
        npm_config_fetch_retries: '0',
        npm_config_cache: join(folder, 'cache'),
      };
      const args = ['--import', join(ROOT, 'scripts/from-source.mjs'), join(ROOT, 'scripts/audit.ts')];
      return await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
        execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
        );
      });
    });
  } finally {
    server.close();
  }
}

describe('npm run audit', function () {
  this.timeout(120_000);

  it('passes where the registry knows of nothing', async () => {
    const { code, stdout, stderr } = await audit({});
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^no vulnerability that is not allowed/);
  });

  it('fails with the advisory where it is not allowed, or was for a time that is over', async () => {
    const old = { advisory: ADVISORY.url, reason: 'The decoder is not used.', until: '2020-01-01' };
    const { code, stdout, stderr } = await audit({ advisories: [ADVISORY], allowed: [old] });
    assert.equal(code, 1);
    assert.match(stdout, /^sharp: high: Reads too far \(https:\/\/example.com\/advisories\/GHSA-1\)$/m);
    assert.match(stderr, /1 advisories are not allowed/);
  });

  it('passes where it is allowed, and names what is allowed without need', async () => {
    const allowed = [ADVISORY.url, 'https://example.com/advisories/GHSA-2'].map((advisory) => ({
      advisory,
      reason: 'The decoder is not used.',
      until: '2999-01-01',
    }));
    const { code, stdout, stderr } = await audit({ advisories: [ADVISORY], allowed });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /GHSA-2 is allowed, and is found no longer/);
  });

  it('says in a sentence that the registry does not tell, and claims nothing', async () => {
    const { code, stdout, stderr } = await audit({ status: 405 });
    assert.equal(code, 3);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^audit: nothing was compared, as the registry does not tell of vulnerabilities \(405 .*\)\n$/,
    );
  });
});
