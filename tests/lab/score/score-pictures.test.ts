import assert from 'node:assert/strict';
import { type PictureLabel, scorePictures } from '@inkcast/lab/score';
import fc from 'fast-check';

const label = (digits: string, more: Partial<PictureLabel> = {}): PictureLabel => ({
  file: digits,
  digits,
  order: 'reading',
  smallDigits: '',
  tier: 'A',
  writer: 'one',
  ...more,
});

/** Hits and extra digits of one picture, worked out from the rates. */
function countsOf(picture: PictureLabel, read: string): { hits: number; extra: number; exact: boolean } {
  const { all } = scorePictures([picture], new Map([[picture.file, read]]));
  const hits = Math.round(all.recall * picture.digits.length);
  const extra = hits === 0 ? 0 : Math.round(hits / all.precision) - hits;
  return { hits, extra, exact: all.exactPictures === 1 };
}

describe('the score of pictures', () => {
  it('aligns ordered digits, so that one that is missing or too many costs itself alone', () => {
    assert.deepEqual(countsOf(label('40718'), '40718'), { hits: 5, extra: 0, exact: true });
    assert.deepEqual(countsOf(label('40718'), '4718'), { hits: 4, extra: 0, exact: false });
    assert.deepEqual(countsOf(label('40718'), '407918'), { hits: 5, extra: 1, exact: false });
    assert.deepEqual(countsOf(label('12'), '21').hits, 1);
    assert.deepEqual(countsOf(label('12'), '').hits, 0);
  });

  it('compares unordered digits as multisets', () => {
    assert.equal(countsOf(label('112', { order: 'unordered' }), '211').exact, true);
    assert.equal(countsOf(label('112', { order: 'unordered' }), '221').hits, 2);
  });

  it('accepts small digits both read and not read', () => {
    const picture = label('40', { smallDigits: '7' });
    assert.equal(countsOf(picture, '40').exact, true);
    assert.equal(countsOf(picture, '740').exact, true);
    assert.equal(countsOf(picture, '7740').exact, false);
  });

  it('gives every writer the same weight', () => {
    const labels = [
      label('12', { file: 'a' }),
      label('12', { file: 'b' }),
      label('3', { file: 'c', writer: 'two', tier: 'B' }),
    ];
    const { meanWriterF1, all, tiers, failures } = scorePictures(
      labels,
      new Map([
        ['a', '12'],
        ['b', '12'],
      ]),
    );
    assert.equal(meanWriterF1, 0.5);
    assert.equal(all.recall, 0.8);
    assert.deepEqual(Object.keys(tiers), ['A', 'B']);
    assert.deepEqual(failures, ['c: 3 read as nothing']);
  });

  it('never finds more matches than digits, and all of them only if all are there', () => {
    const digits = fc.stringMatching(/^[0-9]{1,8}$/);
    fc.assert(
      fc.property(digits, digits, fc.constantFrom('reading', 'unordered'), (expected, read, order) => {
        const { all } = scorePictures([label(expected, { order })], new Map([[expected, read]]));
        assert.ok(all.recall >= 0 && all.recall <= 1 && all.precision >= 0 && all.precision <= 1);
        const same = order === 'reading' ? expected === read : [...expected].sort().join() === [...read].sort().join();
        assert.equal(all.exactPictures === 1, same);
      }),
    );
  });
});
