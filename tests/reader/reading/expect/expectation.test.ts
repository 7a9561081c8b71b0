import assert from 'node:assert/strict';
import { expectationOf, expectationSchema } from '@inkcast/reader/reading';

const formOf = (setting: unknown) => expectationOf(expectationSchema.parse(setting));
const digits = (min: number, max = min) => ({ min, max });

describe('the setting of an expected form', () => {
  it('is a pattern, one for each row, or numbers of digits and rows', () => {
    assert.deepEqual(formOf('dd:dd'), { rows: [digits(4)], repeats: false });
    assert.deepEqual(formOf('€ ddd.dd'), { rows: [digits(5)], repeats: false });
    assert.deepEqual(formOf(['d', 'dd/dd']), { rows: [digits(1), digits(4)], repeats: false });
    assert.deepEqual(formOf({ digits: 4 }), { rows: [digits(4)], repeats: true });
    assert.deepEqual(formOf({ digits: [2, 3], rows: 2 }), { rows: [digits(2, 3), digits(2, 3)], repeats: false });
    assert.deepEqual(formOf({ rows: 1 }), { rows: [digits(1, 50)], repeats: false });
  });

  it('holds at least one digit, and no letters or digits that would be read as themselves', () => {
    const refused = [
      '',
      ':',
      'dd h',
      '12:dd',
      'd'.repeat(51),
      [],
      ['dd', ''],
      {},
      { digits: 0 },
      { digits: [3, 2] },
      4,
    ];
    for (const setting of refused) {
      const { error } = expectationSchema.safeParse(setting);
      assert.ok(error !== undefined, JSON.stringify(setting));
    }
  });
});
