import { InkError } from '@inkcast/shared/errors';
import { stringify } from 'yaml';
import { type ConfigKey, configKeys, configSchema } from '../config/index.js';
import type { SetupValues } from './setup-values.js';

/** Where the daemon finds the broker's password. */
export interface PasswordPlace {
  readonly passwordFile?: string;
  readonly passwordCredential?: string;
}

type Section = Readonly<Record<string, unknown>>;

const HEAD = `# Written by inkcast setup. Keys that do not stand here have their defaults: docs/guide/configuration.md lists them all.
# inkcast doctor checks what is written here.
`;

/**
 * A configuration file that explains each of its keys.
 *
 * @throws InkError INK_CONFIG_INVALID for values that the daemon would refuse
 */
export function configText(values: SetupValues, password: PasswordPlace): string {
  const sections = setupSections(values, password);
  const parsed = configSchema.safeParse(sections);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InkError('INK_CONFIG_INVALID', `${path.join('.')} cannot be used: ${message}.`);
  }
  const keys = configKeys();
  return [HEAD, ...Object.entries(sections).map(([title, section]) => sectionText(title, section, keys))].join('\n');
}

/** What is set by the answers, section by section. */
export function setupSections(
  { name, camera, broker: { url, username }, folder }: SetupValues,
  password: PasswordPlace,
) {
  return {
    device: { name },
    camera,
    mqtt: { url, ...(username === undefined ? {} : { username }), ...password },
    ...(folder === undefined ? {} : { storage: { folder } }),
  };
}

function sectionText(title: string, section: Section, keys: readonly ConfigKey[]): string {
  const descriptions = descriptionsOf(title, section, keys);
  const lines = Object.entries(section).map(([key, value]) => {
    return `  # ${descriptions.get(key) ?? ''}\n  ${key}: ${stringify(value, { lineWidth: 0 })}`;
  });
  return `${title}:\n${lines.join('')}`;
}

/** Descriptions by key. If several sources of cameras share a key, the chosen source's description is used. */
function descriptionsOf(title: string, { source }: Section, keys: readonly ConfigKey[]): Map<string, string> {
  const descriptions = new Map<string, string>();
  let counts = true;
  for (const { path, description, allowed } of keys) {
    if (path[0] !== title || path.length !== 2) continue;
    if (path[1] === 'source') counts = allowed === JSON.stringify(source);
    if (counts) descriptions.set(path[1], description);
  }
  return descriptions;
}
