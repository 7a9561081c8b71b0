import assert from 'node:assert/strict';
import { RuleKeeper, readingRulesSchema } from '@inkcast/reader/reading';
import fc from 'fast-check';
import { moment } from './support/readings.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const keeper = (rules: object): RuleKeeper => new RuleKeeper(readingRulesSchema.parse(rules));

describe('rules for readings', () => {
  it('refuse what has another number of digits or lies out of range, and say why', () => {
    const rules = keeper({ digitCount: 3, min: '100', max: '450' });
    assert.deepEqual(rules.judge('407', moment(0)), {});
    assert.equal(rules.judge('40', moment(1)).refusal?.rule, 'digit-count');
    assert.deepEqual(rules.judge('451', moment(2)).refusal, { rule: 'range', reason: 'It is more than 450.' });
    assert.equal(rules.judge('099', moment(3)).refusal?.rule, 'range');
    assert.deepEqual(rules.judge('450', moment(4)), {});
    assert.deepEqual(rules.judge('', moment(5)), {});
  });

  it('put the decimal point where it belongs, and read limits with it', () => {
    const rules = keeper({ decimalPlaces: 2, max: '50.5' });
    assert.equal(rules.judge('00407', moment(0)).value, '4.07');
    assert.equal(rules.judge('7', moment(1)).value, '0.07');
    assert.equal(rules.judge('', moment(2)).value, null);
    assert.equal(rules.judge('5050', moment(2)).refusal, undefined);
    assert.equal(rules.judge('5051', moment(3)).refusal?.rule, 'range');
  });

  it('keep every digit of a number of any length', () => {
    const places = fc.integer({ min: 0, max: 9 });
    const digits = fc.stringMatching(/^[0-9]{1,40}$/);
    fc.assert(
      fc.property(digits, places, (text, decimalPlaces) => {
        const { value } = keeper({ decimalPlaces }).judge(text, moment(0));
        assert.ok(typeof value === 'string');
        assert.equal(BigInt(value.replace('.', '')), BigInt(text));
        assert.equal(value.split('.')[1]?.length ?? 0, decimalPlaces);
        assert.match(value, /^(0|[1-9]\d*)(\.\d+)?$/);
      }),
    );
  });

  it('give a reading of other classes than digits no value, and compare later digits with those before it', () => {
    const rules = keeper({ decimalPlaces: 1, monotonic: true });
    assert.deepEqual(rules.judge('407', moment(0)), { value: '40.7' });
    assert.deepEqual(rules.judge('TAX', moment(SECOND)), { value: null });
    assert.deepEqual(rules.judge('40 tick', moment(2 * SECOND)), { value: null });
    assert.equal(rules.judge('406', moment(3 * SECOND)).refusal?.rule, 'monotonic');
    assert.equal(rules.accepted?.digits, '407');
  });

  it('let a counter grow as fast as it may, from when it was in view last', () => {
    const rules = keeper({ monotonic: true, maxPerHour: '10' });
    for (let at = 0; at <= HOUR; at += 10 * MINUTE) assert.equal(rules.judge('0407', moment(at)).refusal, undefined);
    assert.equal(rules.judge('0408', moment(HOUR + SECOND)).refusal, undefined, 'it may turn at any moment');
    assert.equal(rules.judge('0419', moment(HOUR + 2 * SECOND)).refusal?.rule, 'rate');
    assert.equal(rules.judge('0419', moment(2 * HOUR + 2 * SECOND)).refusal, undefined);
    assert.equal(rules.judge('0418', moment(2 * HOUR + 3 * SECOND)).refusal?.rule, 'monotonic');
  });

  it('do not let a misread that is too high block correct readings for ever', () => {
    const rules = keeper({ monotonic: true, acceptAfterMs: MINUTE });
    assert.equal(rules.judge('9407', moment(0)).refusal, undefined, 'nothing tells that it is wrong');
    // The meter turns now and then, and is out of view now and then.
    let accepted: number | undefined;
    let inView = 0;
    for (let at = SECOND; accepted === undefined && at < HOUR; at += SECOND) {
      const hidden = at % (20 * SECOND) < 5 * SECOND;
      const value = 407 + Math.floor(at / (15 * SECOND));
      const { refusal } = rules.judge(hidden ? '' : `0${value}`, moment(at));
      if (!hidden) inView += SECOND;
      if (!hidden && refusal === undefined) accepted = inView;
    }
    assert.ok(accepted !== undefined && accepted <= 1.5 * MINUTE, `accepted after ${accepted} ms in view`);
    assert.equal(rules.judge('9407', moment(HOUR)).refusal, undefined);
  });

  it('accept a lasting jump after a limited time', () => {
    const rules = keeper({ monotonic: true, maxPerHour: '1', acceptAfterMs: MINUTE });
    rules.judge('100', moment(0));
    for (let at = SECOND; at <= MINUTE; at += SECOND)
      assert.equal(rules.judge('500', moment(at)).refusal?.rule, 'rate');
    assert.equal(rules.judge('500', moment(MINUTE + SECOND)).refusal, undefined);
    assert.equal(rules.judge('501', moment(MINUTE + 2 * SECOND)).refusal, undefined);
  });

  it('refuse misreads that do not agree with one another, however many', () => {
    const rules = keeper({ monotonic: true, acceptAfterMs: MINUTE });
    rules.judge('500', moment(0));
    for (let at = SECOND; at < 10 * MINUTE; at += SECOND) {
      const falling = 400 - Math.floor(at / (10 * SECOND));
      assert.equal(rules.judge(String(falling), moment(at)).refusal?.rule, 'monotonic');
    }
    assert.equal(rules.judge('500', moment(10 * MINUTE)).refusal, undefined);
  });

  it('count no time in which a refused reading was out of view', () => {
    const rules = keeper({ monotonic: true, acceptAfterMs: MINUTE });
    rules.judge('500', moment(0));
    assert.ok(rules.judge('100', moment(SECOND)).refusal);
    for (let at = 2 * SECOND; at < HOUR; at += SECOND) rules.judge('', moment(at));
    assert.ok(rules.judge('100', moment(HOUR)).refusal);
    assert.ok(rules.judge('100', moment(HOUR + SECOND)).refusal);
  });

  it('tolerate a clock that is set back', () => {
    const rules = keeper({ monotonic: true, maxPerHour: '10', acceptAfterMs: MINUTE });
    assert.equal(rules.judge('100', moment(HOUR)).refusal, undefined);
    assert.equal(rules.judge('101', moment(0)).refusal, undefined);
    assert.equal(rules.judge('105', moment(SECOND)).refusal?.rule, 'rate');
  });

  it('field report 8: hold the first reading of a run against the last one of an earlier run', () => {
    const before = keeper({ monotonic: true, maxPerHour: '10' });
    before.judge('0407', moment(0));
    const after = keeper({ monotonic: true, maxPerHour: '10' });
    after.accept(before.accepted);
    assert.equal(after.judge('0406', moment(HOUR), 0).refusal?.rule, 'monotonic');
    assert.equal(after.judge('0419', moment(HOUR), SECOND).refusal?.rule, 'rate');
    assert.equal(after.judge('0417', moment(HOUR), 2 * SECOND).refusal, undefined, 'an hour has passed meanwhile');
    assert.deepEqual(after.accepted, { digits: '417', capturedAt: moment(HOUR) });
  });

  it('field report 8: bear a date that has gone back over a restart', () => {
    const rules = keeper({ monotonic: true, maxPerHour: '10' });
    rules.accept({ digits: '407', capturedAt: moment(0) });
    assert.equal(rules.judge('406', new Date(9000), 0).refusal?.rule, 'monotonic');
    assert.equal(rules.judge('999', new Date(9000), 0).refusal, undefined, 'nobody knows how much time has passed');
  });

  it('field report 8: keep the value where other rules are set, and let go of it when they are told to', () => {
    const rules = keeper({});
    rules.judge('407', moment(0));
    rules.adjust(readingRulesSchema.parse({ monotonic: true }));
    assert.equal(rules.judge('40', moment(SECOND)).refusal?.rule, 'monotonic');
    rules.accept(undefined);
    assert.equal(rules.judge('40', moment(2 * SECOND)).refusal, undefined);
  });

  it('are refused themselves where they contradict one another', () => {
    assert.throws(() => readingRulesSchema.parse({ max: '1.25', decimalPlaces: 1 }), /decimal places/);
    assert.throws(() => readingRulesSchema.parse({ maxPerHour: '3' }), /monotonic/);
    assert.throws(() => readingRulesSchema.parse({ min: '-3' }), /digits/);
    assert.throws(() => readingRulesSchema.parse({ min: '30', max: '20' }), /min/);
  });
});
