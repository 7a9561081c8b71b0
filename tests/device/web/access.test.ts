import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import type { WebSettings } from '@inkcast/device/web';
import { WebSocket } from 'ws';
import { ask, logIn } from './support/ask.js';
import { outerAddress, type Served, served } from './support/served.js';

const PASSWORD = 'correct horse';
/** Answers without a login: for whoever watches the process, and what a login needs. */
const OPEN = ['GET /healthz', 'POST /api/login'];

/** A server that other machines reach, where this machine has an address for them; else one that asks for a login everywhere. */
function outside(work: (served: Served) => Promise<void>, settings: Partial<WebSettings> = {}): Promise<void> {
  const address = outerAddress();
  return served(work, { ...(address === undefined ? { requireLogin: true } : { address }), ...settings });
}

/** The status that a socket is refused with, or undefined where it opens. */
async function refusalOf(url: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const socket = new WebSocket(url.replace('http', 'ws'), { headers });
  const refused = once(socket, 'unexpected-response').then(([, answer]) => answer.statusCode);
  const opened = once(socket, 'open').then(() => undefined);
  opened.catch(() => {});
  refused.catch(() => {});
  const status = await Promise.race([refused, opened]);
  socket.on('error', () => {});
  socket.terminate();
  return status;
}

/** Every route of the OpenAPI document, as method and path. */
async function documented(url: string, headers: Record<string, string>): Promise<string[]> {
  const { text } = await ask(`${url}api/openapi.json`, { headers });
  const { paths } = JSON.parse(text);
  return Object.entries<object>(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

describe('access to the page', () => {
  it('is refused without credentials, on every route and socket', () =>
    outside(async ({ url, users }) => {
      await users.add('ana', 'admin', PASSWORD);
      const authorization = `Bearer ${await users.addToken('ana')}`;
      const routes = await documented(url, { authorization });
      assert.ok(routes.length > 15 && OPEN.every((route) => routes.includes(route)), routes.join(', '));
      const more = ['GET /', 'GET /index.html', 'GET /api/docs', 'GET /api/live', 'GET /nothing', 'POST /nothing'];
      for (const route of [...routes, ...more]) {
        const [method = '', path = ''] = route.split(' ');
        for (const headers of [{}, { authorization: 'Bearer inkcast_wrong' }, { cookie: 'inkcast-desk=x.y' }]) {
          const answer = await ask(new URL(path, url).href, { method, headers });
          if (OPEN.includes(route)) assert.notEqual(answer.status, 401, route);
          else assert.equal(`${answer.status} ${answer.code}`, '401 INK_WEB_LOGIN', route);
        }
      }
      for (const path of ['api/live', 'api/events']) {
        assert.equal(await refusalOf(`${url}${path}`), 401);
        assert.equal(await refusalOf(`${url}${path}`, { authorization }), undefined);
      }
      assert.equal((await ask(`${url}healthz`)).text, '{"status":"ok"}');
    }));

  it('leads a browser to the login and back, also below a prefix', () =>
    outside(async ({ url, users }) => {
      await users.add('ana', 'viewer', PASSWORD);
      const headers = { accept: 'text/html' };
      assert.equal((await ask(url, { headers })).headers.location, './login');
      assert.equal((await ask(`${url}api/docs`, { headers })).headers.location, '../login');
      const form = await ask(`${url}login`, { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } });
      assert.match(form.text, /lang="zh"/);
      const fields = { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(url).origin };
      const submit = (password: string) =>
        ask(`${url}login`, { method: 'POST', headers: fields, body: `user=ana&password=${password}` });
      const wrong = await submit('wrong');
      assert.equal(wrong.status, 401);
      assert.match(wrong.text, /role="alert"/);
      const right = await submit('correct+horse');
      assert.equal(`${right.status} ${right.headers.location}`, '303 ./');
      const [cookie = ''] = right.headers['set-cookie'] ?? [];
      assert.match(cookie, /HttpOnly/);
      assert.match(cookie, /SameSite=Strict/);
      assert.equal((await ask(`${url}api/state`, { headers: { cookie: cookie.split(';')[0] } })).status, 200);
    }));

  it('lets a viewer look and an admin change', () =>
    outside(async ({ url, users, device }) => {
      await users.add('ana', 'admin', PASSWORD);
      await users.add('wall', 'viewer', PASSWORD);
      const [admin, viewer] = await Promise.all([logIn(url, 'ana', PASSWORD), logIn(url, 'wall', PASSWORD)]);
      assert.equal((await ask(`${url}api/state`, { headers: viewer })).status, 200);
      for (const [method, path] of [
        ['POST', 'api/pause'],
        ['POST', 'api/models/use'],
        ['PUT', 'api/value'],
        ['POST', 'api/restart'],
        ['GET', 'api/doctor'],
      ]) {
        const answer = await ask(`${url}${path}`, { method, headers: viewer });
        assert.equal(`${answer.status} ${answer.code}`, '403 INK_WEB_ROLE', path);
      }
      assert.equal(device.paused, false);
      assert.equal((await ask(`${url}api/pause`, { method: 'POST', headers: admin })).status, 200);
      assert.equal(device.paused, true);
    }));

  it('needs the token of the session to change something, where a cookie says who asks', () =>
    outside(async ({ url, users, device }) => {
      await users.add('ana', 'admin', PASSWORD);
      const { cookie, ...csrf } = await logIn(url, 'ana', PASSWORD);
      const other = await logIn(url, 'ana', PASSWORD);
      for (const headers of [{ cookie }, { cookie, 'x-csrf-token': 'x' }, { ...other, cookie }]) {
        const answer = await ask(`${url}api/pause`, { method: 'POST', headers });
        assert.equal(`${answer.status} ${answer.code}`, '403 INK_WEB_ORIGIN');
      }
      assert.equal(device.paused, false);
      const authorization = `Bearer ${await users.addToken('ana')}`;
      for (const headers of [{ cookie, ...csrf }, { authorization }]) {
        assert.equal((await ask(`${url}api/pause`, { method: 'POST', headers })).status, 200);
      }
    }));

  it('ends with logging out, with another password, and with the user', () =>
    outside(async ({ url, users }) => {
      await users.add('ana', 'viewer', PASSWORD);
      const statusOf = async (headers: Record<string, string>) => (await ask(`${url}api/state`, { headers })).status;
      const first = await logIn(url, 'ana', PASSWORD);
      assert.equal((await ask(`${url}api/logout`, { method: 'POST', headers: first })).status, 204);
      assert.equal(await statusOf(first), 401);
      const second = await logIn(url, 'ana', PASSWORD);
      await users.setPassword('ana', 'another password');
      assert.equal(await statusOf(second), 401);
      const third = await logIn(url, 'ana', 'another password');
      const authorization = `Bearer ${await users.addToken('ana')}`;
      assert.deepEqual([await statusOf(third), await statusOf({ authorization })], [200, 200]);
      await users.remove('ana');
      assert.deepEqual([await statusOf(third), await statusOf({ authorization })], [401, 401]);
    }));

  it('ends on the sockets too', () =>
    outside(async ({ url, users }) => {
      await users.add('ana', 'viewer', PASSWORD);
      const session = await logIn(url, 'ana', PASSWORD);
      const authorization = `Bearer ${await users.addToken('ana')}`;
      const open = async (path: string, headers: Record<string, string>) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}api/${path}`, { headers });
        await once(socket, 'open');
        return socket;
      };
      const bySession = await open('live', session);
      const byToken = await open('events', { authorization });
      const ended = once(bySession, 'close');
      assert.equal((await ask(`${url}api/logout`, { method: 'POST', headers: session })).status, 204);
      assert.equal((await ended)[0], 1008);
      assert.equal(byToken.readyState, WebSocket.OPEN);
      await users.revokeTokens('ana');
      assert.equal((await once(byToken, 'close'))[0], 1008);
    }));

  it('gives a new session at each login', () =>
    outside(async ({ url, users }) => {
      await users.add('ana', 'viewer', PASSWORD);
      const { cookie = '' } = await logIn(url, 'ana', PASSWORD);
      const body = { user: 'ana', password: PASSWORD };
      const again = await ask(`${url}api/login`, { method: 'POST', headers: { cookie }, body });
      const [fresh = ''] = again.headers['set-cookie'] ?? [];
      assert.notEqual(fresh.split(';')[0], cookie);
      assert.equal((await ask(`${url}api/state`, { headers: { cookie } })).status, 401);
    }));

  it('shows nothing while there is no user, and says what to do', () =>
    outside(async ({ url, server, users }) => {
      assert.deepEqual(
        [...server.problems.values()].map(({ code }) => code),
        ['INK_WEB_NO_USERS'],
      );
      const answer = await ask(`${url}api/state`);
      assert.equal(answer.status, 401);
      assert.equal(answer.code, 'INK_WEB_NO_USERS');
      assert.match(answer.text, /inkcast user add/);
      assert.match((await ask(`${url}login`)).text, /inkcast user add/);
      await users.add('ana', 'viewer', PASSWORD);
      assert.equal((await logIn(url, 'ana', PASSWORD)).cookie?.startsWith('inkcast-desk='), true);
    }));

  it('is refused where the users cannot be read', () =>
    outside(async ({ url, users }) => {
      await writeFile(users.path, '{"version":1,"users":[{"name":"ana"}]}');
      const answer = await ask(`${url}api/state`);
      assert.equal(answer.status, 500);
      assert.equal(answer.code, 'INK_USERS_INVALID');
      await rm(users.path);
      assert.equal((await ask(`${url}api/state`)).status, 401);
    }));

  it('is limited for an address that guesses, and a token works all the same', () =>
    outside(async ({ url, users }) => {
      await users.add('ana', 'viewer', PASSWORD);
      const authorization = `Bearer ${await users.addToken('ana')}`;
      // A request that lacks a password costs nothing to answer, and counts.
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 12; attempt++) {
        statuses.push((await ask(`${url}api/login`, { method: 'POST', body: { user: 'ana' } })).status);
      }
      assert.deepEqual([statuses[0], statuses.at(-1)], [400, 429]);
      const limited = await ask(`${url}api/login`, { method: 'POST', body: { user: 'ana', password: PASSWORD } });
      assert.equal(limited.code, 'INK_WEB_LOGIN_LIMIT');
      assert.ok(Number(limited.headers['retry-after']) > 0);
      assert.equal((await ask(`${url}api/state`, { headers: { authorization } })).status, 200);
    }));
});

describe('access through a proxy on the device', () => {
  it('is limited for each of its clients alone, whatever they say of themselves', () =>
    served(
      async ({ url, users }) => {
        await users.add('ana', 'viewer', PASSWORD);
        const statusOf = async (forwarded: string) => {
          const headers = { 'x-forwarded-for': forwarded };
          return (await ask(`${url}api/login`, { method: 'POST', headers, body: { user: 'ana' } })).status;
        };
        for (let attempt = 0; attempt < 10; attempt++) await statusOf(`10.0.0.${attempt}, 198.51.100.7`);
        assert.equal(await statusOf('198.51.100.7'), 429);
        assert.equal(await statusOf('198.51.100.8'), 400);
      },
      { requireLogin: true },
    ));
});

describe('access at the device', () => {
  it('needs no login', () =>
    served(async ({ url }) => {
      const { text } = await ask(`${url}api/session`);
      assert.deepEqual(JSON.parse(text), { user: null, role: 'admin', needsLogin: false, csrfToken: null });
      assert.equal((await ask(`${url}api/pause`, { method: 'POST' })).status, 200);
    }));

  it('is refused by a name that is not known, as rebound names are', () =>
    served(
      async ({ url }) => {
        const { port } = new URL(url);
        const statusFor = async (host: string) => (await ask(`${url}api/state`, { headers: { host } })).status;
        for (const host of [
          'evil.example',
          `evil.example:${port}`,
          '10.1.2.3',
          'localhost.evil.example',
          'a@localhost',
        ]) {
          assert.equal(await statusFor(host), 421, host);
        }
        for (const host of [`127.0.0.1:${port}`, 'localhost', '[::1]', 'LOCALHOST:80']) {
          assert.equal(await statusFor(host), 200, host);
        }
        // By these names others come, through the network or a proxy: they have to log in.
        for (const host of ['desk-pi', 'desk-pi.local:8765', 'home.example']) {
          assert.equal(await statusFor(host), 401, host);
        }
        assert.equal(await refusalOf(`${url}api/live`, { host: 'evil.example' }), 421);
      },
      { hosts: ['home.example'] },
      { machine: 'desk-pi' },
    ));

  it('is refused to pages of other origins', () =>
    served(async ({ url, device }) => {
      const own = new URL(url).origin;
      for (const headers of [
        { origin: 'http://evil.example' },
        { origin: 'null' },
        { origin: 'http://localhost:1' },
        { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      ]) {
        const answer = await ask(`${url}api/pause`, { method: 'POST', headers });
        assert.equal(`${answer.status} ${answer.code}`, '403 INK_WEB_ORIGIN', JSON.stringify(headers));
        assert.equal(await refusalOf(`${url}api/live`, headers), 403);
      }
      assert.equal(device.paused, false);
      assert.equal((await ask(`${url}api/pause`, { method: 'POST', headers: { origin: own } })).status, 200);
      assert.equal(await refusalOf(`${url}api/events`, { origin: own }), undefined);
    }));

  it('needs a login for whom a proxy asks, and for all where it is set so', async () => {
    await served(async ({ url, users }) => {
      await users.add('ana', 'viewer', PASSWORD);
      assert.equal((await ask(`${url}api/state`, { headers: { 'x-forwarded-for': '10.0.0.9' } })).status, 401);
      assert.equal((await ask(`${url}api/state`, { headers: { authorization: 'Bearer wrong' } })).status, 401);
      assert.equal((await ask(`${url}api/state`)).status, 200);
    });
    await served(
      async ({ url }) => {
        assert.equal((await ask(`${url}api/state`)).code, 'INK_WEB_NO_USERS');
      },
      { requireLogin: true },
    );
  });
});

describe('access through a trusted proxy', () => {
  const NAME = 'home.example:8123';
  const through = { host: NAME, 'x-forwarded-for': '198.51.100.7', origin: `http://${NAME}` };

  it('needs no login and no known name: the proxy has seen to both', () =>
    served(
      async ({ url }) => {
        const { text } = await ask(`${url}api/session`, { headers: through });
        assert.deepEqual(JSON.parse(text), { user: null, role: 'admin', needsLogin: false, csrfToken: null });
        assert.equal((await ask(`${url}api/pause`, { method: 'POST', headers: through })).status, 200);
        // A proxy that asks by another name says which one the browser has asked by.
        const renamed = { ...through, host: '172.30.33.4:8765', 'x-forwarded-host': `elsewhere.example, ${NAME}` };
        assert.equal((await ask(`${url}api/resume`, { method: 'POST', headers: renamed })).status, 200);
        assert.equal(await refusalOf(`${url}api/live`, through), undefined);
      },
      { trustedProxy: '127.0.0.1', requireLogin: true },
    ));

  it('is refused to a page of another origin', () =>
    served(
      async ({ url }) => {
        for (const foreign of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
          const headers = { ...through, ...foreign };
          assert.equal((await ask(`${url}api/pause`, { method: 'POST', headers })).code, 'INK_WEB_ORIGIN');
        }
      },
      { trustedProxy: '127.0.0.1' },
    ));

  it('is refused where the request comes from another address', () =>
    served(
      async ({ url }) => {
        assert.equal((await ask(`${url}api/state`, { headers: through })).code, 'INK_WEB_HOST');
        const { host: _, origin: __, ...forwarded } = through;
        assert.equal((await ask(`${url}api/state`, { headers: forwarded })).code, 'INK_WEB_NO_USERS');
      },
      { trustedProxy: '172.30.32.2' },
    ));
});
