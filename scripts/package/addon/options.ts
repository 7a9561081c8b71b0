import { type ConfigKey, configKeys, variableOf } from '@inkcast/device/config';
import { z } from 'zod';

/** The keys that the add-on offers as options; the page sets all of them. Cameras that need ffmpeg are not in the image. */
const OFFERED = ['device.name', 'camera.url', 'camera.username', 'camera.password', 'camera.folder', 'log.level'];
const SOURCES = ['http', 'watch', 'directory'];

const valueSchema = z.looseObject({
  type: z.string().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
});

/** The options of the add-on with their types, in the form of its config.yaml. None is needed. */
export function addonOptions(): Record<string, string> {
  const keys = configKeys();
  const options = OFFERED.map((name) => {
    const key = keys.find(({ path }) => path.join('.') === name);
    if (key === undefined) throw new Error(`${name} is no key of the configuration`);
    return [optionOf(key.path), `${typeOf(key)}?`];
  });
  return Object.fromEntries([[optionOf(['camera', 'source']), `list(${SOURCES.join('|')})?`], ...options]);
}

/** `addon/start.mjs` makes the variable of it again. */
const optionOf = (path: readonly string[]): string =>
  variableOf(path)
    .replace(/^INKCAST_/, '')
    .toLowerCase();

function typeOf({ schema, isSecret }: ConfigKey): string {
  const { type, format, pattern, enum: names } = valueSchema.parse(schema);
  if (isSecret) return 'password';
  if (names !== undefined) return `list(${names.join('|')})`;
  if (format === 'uri') return 'url';
  if (type === 'string') return pattern === undefined ? 'str' : `match(${pattern})`;
  throw new Error(`there is no type of an option for ${JSON.stringify(schema)}`);
}
