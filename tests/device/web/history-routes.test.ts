import assert from 'node:assert/strict';
import { historyEntrySchema, PictureStore } from '@inkcast/device/storage';
import { errorSchema, historySchema } from '@inkcast/device/web';
import { sampleEvent } from '@inkcast/lab/broker';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { withStore } from '../storage/support.js';
import { served } from './support/served.js';

const DAY = '2026-11-28';

/** A server over a store that has seen: minutes 0 to 9 of noon on a day, odd ones in the region `guest`. */
function servedHistory(work: (get: (path: string) => Promise<Response>) => Promise<void>): Promise<void> {
  return inTemporaryFolder((folder) =>
    withStore(folder, async (store) => {
      for (let minute = 0; minute < 10; minute++) {
        const capturedAt = new Date(2026, 10, 28, 12, minute).toISOString();
        const event = sampleEvent(String(minute), { capturedAt });
        const event_type = minute === 0 ? 'digits_appeared' : 'digits_changed';
        await store.put({ ...event, event_type, region: minute % 2 > 0 ? 'guest' : 'home' });
      }
      await served(async ({ device, url }) => {
        device.history = (query) => store.history(query);
        await work((path) => fetch(url + path));
      });
    }),
  );
}

const textsIn = async (answer: Response) => {
  assert.equal(answer.status, 200);
  const { events, next } = historySchema.parse(await answer.json());
  return { texts: events.map(({ text }) => text).join(''), next };
};

describe('the API of the history', () => {
  it('gives it page by page, the newest first', () =>
    servedHistory(async (get) => {
      const pages: string[] = [];
      let before: string | null = '';
      while (before !== null) {
        const page = await textsIn(await get(`api/history?limit=4${before === '' ? '' : `&before=${before}`}`));
        pages.push(page.texts);
        before = page.next;
      }
      assert.deepEqual(pages, ['9876', '5432', '10']);
    }));

  it('says values with their decimal point, where the rules set one', () =>
    servedHistory(async (get) => {
      const { events } = historySchema.parse(await (await get('api/history?limit=2')).json());
      assert.deepEqual(
        events.map(({ region, value }) => [region, value]),
        [
          ['guest', '0.09'],
          ['home', undefined],
        ],
      );
    }));

  it('filters it by time, day, kind and region', () =>
    servedHistory(async (get) => {
      const at = (minute: number) => encodeURIComponent(new Date(2026, 10, 28, 12, minute).toISOString());
      for (const [query, texts] of [
        [`from=${at(7)}`, '987'],
        [`to=${at(1)}`, '10'],
        [`from=${at(2)}&to=${at(4)}`, '432'],
        [`day=${DAY}`, '9876543210'],
        ['day=2026-11-27', ''],
        ['kind=digits_appeared', '0'],
        ['region=guest', '97531'],
        [`region=guest&to=${at(3)}`, '31'],
      ]) {
        assert.equal((await textsIn(await get(`api/history?${query}`))).texts, texts, query);
      }
      for (const query of [
        'day=tomorrow',
        'kind=other',
        'limit=0',
        'limit=1001',
        'before=x',
        'from=noon',
        'region=a/b',
      ]) {
        const refused = await get(`api/history?${query}`);
        assert.equal(refused.status, 400, query);
        assert.equal(errorSchema.parse(await refused.json()).code, 'INK_REQUEST_INVALID');
      }
    }));

  it('exports what the filter lets through as a file', () =>
    servedHistory(async (get) => {
      const csv = await get('api/history.csv?region=guest');
      assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/);
      assert.equal(csv.headers.get('content-disposition'), 'attachment; filename="inkcast-desk.csv"');
      const lines = (await csv.text()).split('\r\n');
      assert.deepEqual(
        lines.map((line) => line.split(',')[3]),
        ['text', ...'97531', undefined],
      );
      const json: unknown = await (await get(`api/history.json?kind=digits_appeared`)).json();
      assert.deepEqual(
        historyEntrySchema
          .array()
          .parse(json)
          .map(({ text }) => text),
        ['0'],
      );
    }));

  it('shows the picture of an event, and deletes all of them', () =>
    inTemporaryFolder((folder) =>
      served(async ({ device, url }) => {
        const { id } = sampleEvent('407');
        const pictures = new PictureStore({
          folder,
          enabled: true,
          bounds: { maxCount: 9, maxAgeDays: 36_500, maxMegabytes: 1 },
          known: async (ids) => new Set(ids),
          report: (problem) => assert.fail(problem),
        });
        await pictures.start();
        device.pictures = pictures;
        await pictures.keep(id, Buffer.from('a JPEG'));
        const shown = await fetch(`${url}api/history/${id}/picture`);
        assert.equal(shown.headers.get('content-type'), 'image/jpeg');
        assert.equal(await shown.text(), 'a JPEG');
        assert.equal((await fetch(`${url}api/history/..%2f..%2fsecret/picture`)).status, 400);
        const deleted = await fetch(`${url}api/history/pictures`, { method: 'DELETE' });
        assert.deepEqual(await deleted.json(), { deleted: 1 });
        assert.equal((await fetch(`${url}api/history/${id}/picture`)).status, 404);
        await pictures.stop();
      }),
    ));
});
