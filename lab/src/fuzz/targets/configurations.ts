import { readFile } from 'node:fs/promises';
import { configKeys, parseConfig } from '@inkcast/device/config';
import { inRepository } from '../../repository/index.js';
import { fuzzedText, pick } from '../mutate.js';
import type { OpenTarget } from '../target.js';

const VALUES = ['-1', '0', '1e999', '.nan', 'true', 'null', '""', '[]', '{}', '&a [*a]', '*a', '!!binary x', '"\\0"'];
const SHORT = 'camera: { source: http, url: "http://user:word@10.0.0.7/stream" }\nmqtt: { url: mqtts://broker }\n';

/** Configuration files, environments and flags. */
export const open: OpenTarget = async () => {
  const example = await readFile(inRepository('config.example.yaml'), 'utf8');
  const keys = configKeys();
  const names = keys.map(({ path }) => path.join('.'));
  const words = [...VALUES, ...keys.map(({ path }) => `\n${path[path.length - 1]}: `)];
  return {
    feed: async (random) => {
      const text = random.integer(4) === 0 ? SHORT : fuzzedText(random, [example, SHORT], words);
      const flag = `${pick(random, names)}=${pick(random, VALUES)}`;
      const flags = [flag, fuzzedText(random, [flag], words)].slice(random.integer(3));
      const variable = `INKCAST_${pick(random, names).toUpperCase().replaceAll('.', '_')}`;
      parseConfig(text, { flags, environment: { [variable]: fuzzedText(random, VALUES, words) } });
    },
    close: async () => {},
  };
};
