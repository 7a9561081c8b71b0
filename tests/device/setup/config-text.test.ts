import assert from 'node:assert/strict';
import { configSchema } from '@inkcast/device/config';
import { type CameraChoice, configText } from '@inkcast/device/setup';
import fc from 'fast-check';
import { parse } from 'yaml';

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const cameras: fc.Arbitrary<CameraChoice> = fc.oneof(
  words.map((folder): CameraChoice => ({ source: 'directory', folder, loop: true })),
  words.map((device): CameraChoice => ({ source: 'v4l2', device })),
  fc.tuple(words, words).map(([username, password]): CameraChoice => {
    return { source: 'rtsp', url: 'rtsp://10.0.0.7/a', username, password };
  }),
  fc.constant<CameraChoice>({ source: 'rpicam', width: 1280, height: 720, rate: 10 }),
);

describe('the configuration that setup writes', () => {
  it('says to the daemon what was answered, whatever that is', () => {
    fc.assert(
      fc.property(cameras, words, words, (camera, username, passwordFile) => {
        const broker = { url: 'mqtt://broker:1884', username };
        const parsed = configSchema.parse(parse(configText({ name: 'true', camera, broker }, { passwordFile })));
        const { device, mqtt } = parsed;
        assert.deepEqual(
          [device.name, mqtt.url, mqtt.username, mqtt.passwordFile],
          ['true', broker.url, username, passwordFile],
        );
        const sections: Readonly<Record<string, unknown>> = parsed.camera ?? {};
        for (const [key, value] of Object.entries(camera)) assert.deepEqual(sections[key], value);
      }),
      // The keys and their descriptions are collected again for each source.
      { numRuns: 40 },
    );
  });

  it('explains each key, those of a camera by what they are of this source', () => {
    const text = configText({ name: 'a', camera: { source: 'rpicam', width: 640 }, broker: { url: 'mqtt://b' } }, {});
    const lines = text.split('\n');
    for (const key of ['name', 'source', 'width', 'url']) {
      const at = lines.findIndex((line) => line.startsWith(`  ${key}:`));
      assert.match(lines[at - 1], /^ {2}# \S/, key);
    }
    assert.match(text, /# Where frames come from: a camera of the Raspberry Pi\n {2}source: rpicam/);
    assert.match(text, /# Pixels; rounded up to a multiple of 128\n {2}width: 640/);
  });
});
