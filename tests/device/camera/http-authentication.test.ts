import assert from 'node:assert/strict';
import { HttpSource } from '@inkcast/device/camera';
import { Digest, parseChallenges } from '@inkcast/device/camera/http';
import { DigestDoor } from './support/digest-door.js';
import { beginStream, failureOf, options, PICTURES, sendPart, withServer } from './support/http-camera.js';
import { Recorder } from './support/recorder.js';

describe('a camera over HTTP that asks for a password', () => {
  for (const [kind, url, more, pair] of [
    ['ends with a percent sign', '', { username: 'me', password: '100%' }, 'me:100%'],
    ['holds what looks like a code', '', { username: 'me', password: 'a%41b%2540' }, 'me:a%41b%2540'],
    ['is encoded in the address', 'me%40home:100%25%F0%9F%94%91@', {}, 'me@home:100%🔑'],
    ['stands in the address as people type it', 'me:100%&%zz@', {}, 'me:100%&%zz'],
  ] as const) {
    it(`field report 14: a password that ${kind} reaches the camera as it is`, () =>
      withServer(
        ({ headers }, response) => {
          const given = Buffer.from(headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
          const answer = given === pair ? 200 : 401;
          response.writeHead(answer, { 'content-type': 'image/jpeg' }).end(PICTURES[0]);
        },
        async (address) => {
          const recorder = new Recorder();
          const source = new HttpSource(options(address.replace('//', `//${url}`), more));
          await source.start(recorder);
          await recorder.until(({ frames, ended }) => ended || frames.length > 0);
          await source.stop();
          assert.equal(recorder.failure, undefined);
        },
      ));
  }

  it('follows redirects, and sends the password to no other host', () => {
    const seen: (string | undefined)[] = [];
    return withServer(
      ({ headers }, response) => {
        seen.push(headers.authorization);
        response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
      },
      (other) =>
        withServer(
          ({ url, headers }, response) => {
            if (url === '/camera') response.writeHead(302, { location: '/picture' }).end();
            else if (headers.authorization === undefined)
              response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
            else response.writeHead(307, { location: other.replace('127.0.0.1', 'localhost') }).end();
          },
          async (url) => {
            const message = await failureOf(new HttpSource(options(url, { username: 'me', password: 'secret' })));
            assert.match(message, /answered 401 Unauthorized\.$/);
            assert.deepEqual(seen, [undefined]);
          },
        ),
    );
  });

  it('says that redirects lead in a circle', () =>
    withServer(
      (_, response) => response.writeHead(302, { location: '/camera' }).end(),
      async (url) => {
        assert.match(
          await failureOf(new HttpSource(options(url))),
          /cannot be read: it redirects more than 5 times\.$/,
        );
      },
    ));

  it('field report 14: answers the examples of RFC 7616 and RFC 2617', () => {
    const opaque = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS';
    const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
    const newer = (algorithm: string) =>
      `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"`;
    const older =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"';
    const clientNonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
    for (const [header, password, own, response] of [
      [newer('MD5'), 'Circle of Life', clientNonce, '8ca523f5e9506fed4657c9700eebdbec'],
      [
        newer('SHA-256'),
        'Circle of Life',
        clientNonce,
        '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
      ],
      [older, 'Circle Of Life', '0a4f113b', '6629fae49393a05397450978507c4ef1'],
    ]) {
      const [challenge] = parseChallenges(header);
      const answer = new Digest(challenge, { username: 'Mufasa', password }, own).header('GET', '/dir/index.html');
      assert.ok(answer.includes(`response="${response}"`), answer);
    }
  });

  for (const algorithm of ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', undefined]) {
    for (const qop of ['auth', 'auth-int,auth', 'auth-int', undefined]) {
      it(`field report 14: answers Digest by ${algorithm ?? 'no algorithm'} and qop ${qop ?? 'none'}`, () => {
        const door = new DigestDoor({ algorithm, qop });
        return withServer(
          (request, response) => {
            if (door.admits(request, response)) response.end(PICTURES[0]);
          },
          async (url) => {
            const user = { username: 'mé "x"', password: '100%:secret' };
            const recorder = new Recorder();
            const source = new HttpSource(options(`${url}?size=1&q=%20`, user));
            await source.start(recorder);
            await recorder.until(({ frames, ended }) => ended || frames.length === 4);
            await source.stop();
            assert.equal(recorder.failure, undefined);
            assert.equal(door.refusals, 1, 'one challenge serves all requests');
            assert.match(
              await failureOf(new HttpSource(options(url, { ...user, password: 'wrong' }))),
              /answered 401 Unauthorized\.$/,
            );
          },
        );
      });
    }
  }

  it('field report 14: answers Digest where it stands beside Basic, and a nonce that has expired', () => {
    const door = new DigestDoor({ algorithm: 'MD5', qop: 'auth', beside: 'Basic realm="a, b=c", ', servings: 3 });
    return withServer(
      (request, response) => {
        if (door.admits(request, response)) response.end(PICTURES[0]);
      },
      async (url) => {
        const recorder = new Recorder();
        const source = new HttpSource(options(url, { username: 'mé "x"', password: '100%:secret' }));
        await source.start(recorder);
        await recorder.until(({ frames, ended }) => ended || frames.length === 10);
        await source.stop();
        assert.deepEqual([recorder.failure, recorder.faults], [undefined, []]);
      },
    );
  });

  it('field report 14: streams MJPEG behind Digest', () => {
    const door = new DigestDoor({ algorithm: 'SHA-256', qop: 'auth' });
    return withServer(
      (request, response) => {
        if (!door.admits(request, response)) return;
        beginStream(response);
        const again = setInterval(() => sendPart(response, PICTURES[0]), 10);
        response.on('close', () => clearInterval(again));
      },
      async (url) => {
        const recorder = new Recorder();
        const source = new HttpSource(options(url, { username: 'mé "x"', password: '100%:secret' }));
        await source.start(recorder);
        await recorder.until(({ frames, ended }) => ended || frames.length === 3);
        await source.stop();
        assert.equal(recorder.failure, undefined);
      },
    );
  });

  it('field report 14: shows no password to a server that wants its digest by an unknown algorithm', () => {
    const given: unknown[] = [];
    return withServer(
      ({ headers }, response) => {
        given.push(headers.authorization);
        response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", algorithm=WHIRLPOOL' }).end();
      },
      async (url) => {
        await failureOf(new HttpSource(options(url, { username: 'me', password: 'secret' })));
        assert.deepEqual(new Set(given), new Set([undefined]));
      },
    );
  });
});
