import assert from 'node:assert/strict';
import { LoginLimit } from '@inkcast/device/web';

const wrong = async () => undefined;
const right = async () => 'ana';

describe('the limit of logging in', () => {
  it('counts wrong attempts of all addresses together, and lets time pass over them', async () => {
    let now = 0;
    const limit = new LoginLimit({ burst: 3, perSecond: 0.5, now: () => now });
    for (const address of ['a', 'b', 'c']) assert.equal(await limit.attempt(address, wrong), undefined);
    await assert.rejects(limit.attempt('d', right), { code: 'INK_WEB_LOGIN_LIMIT', message: /in 2 s\.$/ });
    now = 2000;
    assert.equal(await limit.attempt('d', right), 'ana');
  });

  it('does not count right ones, and never limits an address that somebody logged in from', async () => {
    const limit = new LoginLimit({ burst: 2, perSecond: 0.1, now: () => 0 });
    for (let attempt = 0; attempt < 10; attempt++) assert.equal(await limit.attempt('home', right), 'ana');
    for (const address of ['x', 'y']) await limit.attempt(address, wrong);
    await assert.rejects(limit.attempt('z', right), { code: 'INK_WEB_LOGIN_LIMIT' });
    assert.equal(await limit.attempt('home', right), 'ana');
  });

  it('makes one attempt after the other, and refuses those that would wait too long', async () => {
    const limit = new LoginLimit();
    let running = 0;
    const check = async () => {
      running++;
      assert.equal(running, 1);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return 'ana';
    };
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => limit.attempt('a', check)));
    assert.deepEqual(results.map(({ status }) => status).filter((status) => status === 'rejected').length, 2);
  });

  it('goes on after an attempt that failed', async () => {
    const limit = new LoginLimit();
    await assert.rejects(
      limit.attempt('a', () => Promise.reject(new Error('no file'))),
      /no file/,
    );
    assert.equal(await limit.attempt('a', right), 'ana');
  });
});
