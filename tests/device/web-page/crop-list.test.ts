import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { Api, type TeachCrop } from '../../../device/web/src/api/index.js';
import { CropList } from '../../../device/web/src/teach/crop-list.js';
import { listenLocally } from '../../support/listen-locally.js';

const cropOf = (id: string, group?: string): TeachCrop => ({
  id,
  takenAt: '2026-11-28T12:00:00.000Z',
  origin: 'camera',
  reason: 'unsure',
  guesses: [{ label: '7', probability: 0.6 }],
  ...(group === undefined ? {} : { group }),
});

describe('the crops that wait, on the page', () => {
  let server: Server;
  let list: CropList;
  /** What the device holds. */
  let waiting: TeachCrop[];
  let labelled: { readonly crops: readonly TeachCrop[]; readonly label: string | null }[];
  let refused: string | undefined;
  /** Done once, before the next answer. */
  let meanwhile: (() => void) | undefined;

  const label = (ids: readonly string[], given: string | null) => {
    const crops = waiting.filter(({ id }) => ids.includes(id));
    if (refused !== undefined && ids.includes(refused)) return [404, { code: 'INK_CROP_MISSING', message: 'gone' }];
    waiting = waiting.filter((crop) => !crops.includes(crop));
    labelled.push({ crops, label: given });
    return [200, { heldBack: ids.includes('e') ? ['e'] : [], remaining: waiting.length }];
  };
  const undo = () => {
    const last = labelled.pop();
    if (last === undefined) return [200, { undone: null }];
    waiting = [...last.crops, ...waiting];
    return [200, { undone: { crops: last.crops } }];
  };

  beforeEach(async () => {
    waiting = [cropOf('a'), cropOf('b', 'b'), cropOf('c', 'b'), cropOf('d', 'b'), cropOf('e'), cropOf('f')];
    labelled = [];
    refused = undefined;
    meanwhile = undefined;
    server = createServer(async (asked, answer) => {
      const body = await text(asked);
      const { ids = [], label: given = null } = body === '' ? {} : JSON.parse(body);
      const path = asked.url?.replace(/\?.*/, '');
      const [status, content] =
        path === '/api/teach/crops'
          ? [200, { crops: waiting }]
          : path === '/api/teach/undo'
            ? undo()
            : label(ids, given);
      const act = meanwhile;
      meanwhile = undefined;
      act?.();
      answer.writeHead(Number(status), { 'content-type': 'application/json' }).end(JSON.stringify(content));
    });
    list = new CropList(new Api(`http://127.0.0.1:${await listenLocally(server)}/`, () => {}));
    await list.fill();
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const shown = () => list.crops.value?.map(({ id }) => id).join('');
  const known = () => labelled.map(({ crops, label: given }) => `${crops.map(({ id }) => id).join('')}:${given}`);

  it('go on at once, and reach the device in the order of the keys', async () => {
    const sent = [list.give('1'), list.give('2'), list.give(null)];
    assert.equal(shown(), 'f');
    await Promise.all(sent);
    assert.deepEqual(known(), ['a:1', 'bcd:2', 'e:null']);
    assert.equal(shown(), 'f');
  });

  it('take look-alikes with them, but for those that are left out', async () => {
    await list.give('1');
    assert.deepEqual(
      list.alike.map(({ id }) => id),
      ['c', 'd'],
    );
    list.toggle(cropOf('c', 'b'));
    await list.give('2');
    assert.deepEqual(known(), ['a:1', 'bd:2']);
    assert.equal(list.current?.id, 'c');
    await list.give('3');
    assert.deepEqual(known().at(-1), 'c:3');
  });

  it('say which are held back for the check', async () => {
    for (const key of ['1', '2', '3']) await list.give(key);
    assert.deepEqual(
      list.given.value.map(({ heldBack }) => heldBack),
      [['e'], [], []],
    );
  });

  it('come back first when they are undone, one action after the other', async () => {
    await list.give('1');
    await list.give('2');
    await Promise.all([list.undo(), list.undo()]);
    assert.equal(shown(), 'abcdef');
    assert.deepEqual([known(), list.given.value], [[], []]);
    await list.undo();
    assert.equal(shown(), 'abcdef');
  });

  it('stay in their order while others come, without those that were labelled meanwhile', async () => {
    waiting = [cropOf('z'), ...waiting];
    let given: Promise<void> | undefined;
    meanwhile = () => {
      given = list.give('1');
    };
    await list.fill();
    assert.equal(shown(), 'bcdefz');
    await given;
    assert.equal(shown(), 'bcdefz');
  });

  it('are shown again where the device did not take the label', async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await list.give('1');
    assert.equal(shown(), 'abcdef');
    assert.equal(list.problem.value?.status, 0);
    assert.deepEqual(list.given.value, []);
  });

  it('are left out where the device has them no longer', async () => {
    refused = 'a';
    meanwhile = () => {
      waiting = waiting.filter(({ id }) => id !== 'a');
    };
    await list.give('1');
    assert.equal(list.problem.value?.code, 'INK_CROP_MISSING');
    assert.equal(shown(), 'bcdef');
    await list.give('2');
    assert.equal(list.problem.value, undefined);
  });
});
