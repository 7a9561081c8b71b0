import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorSchema, referenceSchema, regionPreviewSchema } from '@inkcast/device/web';
import { freePort } from '@inkcast/lab/broker';
import { explanationSchema } from '@inkcast/shared/explanation';
import sharp from 'sharp';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

/** Two rows: 0305 above, 221859 below. */
const SCENE = fileURLToPath(new URL('../../assets/scenes/photos/02-phone.jpg', import.meta.url));

describe('the page of a running daemon', function () {
  this.timeout(90_000);

  it('shows what an area sees and reads before it is set, which sets nothing, and keeps a reference picture', () =>
    inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'pictures'));
      await copyFile(SCENE, join(folder, 'pictures', 'a.jpg'));
      const config = join(folder, 'inkcast.yaml');
      await writeFile(
        config,
        `camera: { source: directory, folder: pictures, rate: 2 }
vision: { regions: [{ name: upper, regionOfInterest: { x: 0, y: 0, width: 1, height: 0.47 } }] }
reading: { model: small }
mqtt: { url: "mqtt://127.0.0.1:${await freePort()}" }
storage: { folder: state }
log: { format: json }
`,
      );
      const daemon = new InkcastProcess('run', '--config', config);
      try {
        await daemon.prints(/"text":"0305"/);
        const [, url] = /"url":"(http:[^"]+)"/.exec(daemon.stdout) ?? [];
        const preview = (body: object) =>
          fetch(`${url}api/regions/preview`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', origin: String(url).slice(0, -1) },
            body: JSON.stringify(body),
          });
        const lower = { x: 0, y: 0.49, width: 1, height: 0.51 };
        const seen = regionPreviewSchema.parse(await (await preview({ regionOfInterest: lower })).json());
        assert.equal(seen.reading.text, '221859');
        const { width, height, format } = await sharp(Buffer.from(seen.picture, 'base64')).metadata();
        assert.deepEqual([format, width, height], ['jpeg', seen.width, seen.height]);
        const corners = [
          [0, 0.49],
          [1, 0.49],
          [1, 1],
          [0, 1],
        ];
        const straightened = await preview({ corners, expect: 'd' });
        assert.notEqual(regionPreviewSchema.parse(await straightened.json()).reading.text, '221859');
        const wrong = await preview({ corners: corners.toReversed() });
        assert.equal(wrong.status, 400);
        const { message } = errorSchema.parse(await wrong.json());
        assert.match(message, /corners: must go around a page clockwise/);

        const explanation = explanationSchema.parse(await (await fetch(`${url}api/explain?region=upper`)).json());
        assert.equal(explanation.text, '0305');
        assert.equal((await fetch(`${url}api/explain?region=lower`)).status, 400);
        const reference = async (method: string) => {
          const answer = await fetch(`${url}api/reference`, { method, headers: { origin: String(url).slice(0, -1) } });
          return referenceSchema.parse(await answer.json());
        };
        assert.equal((await reference('GET')).status, 'none');
        assert.equal((await fetch(`${url}api/reference/picture`)).status, 404);
        const { status, takenAt } = await reference('PUT');
        assert.equal(status, 'aligned');
        const picture = await fetch(`${url}api/reference/picture`);
        const size = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
        assert.deepEqual([size.format, size.width, size.height], ['jpeg', 640, 480]);
        assert.deepEqual((await reference('GET')).takenAt, takenAt);
        assert.equal((await reference('DELETE')).status, 'none');
        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
        assert.doesNotMatch(daemon.stdout, /221859/);
      } finally {
        await daemon.end();
      }
    }));
});
