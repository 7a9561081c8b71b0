import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere } from '@inkcast/shared/files';
import { presentCorals } from '../../inference/index.js';
import { findUnit } from '../../service/index.js';
import type { Check, CheckResult } from '../check.js';

const RULES = '60-inkcast-coral.rules';
/** The folders of udev's rules. */
const RULE_FOLDERS = ['etc/udev/rules.d', 'usr/local/lib/udev/rules.d', 'usr/lib/udev/rules.d', 'lib/udev/rules.d'];

export interface ServiceCheckOptions {
  /** Whether the configuration requests a Coral. */
  readonly wantsCoral: boolean;
  /** Where the system's folders are; default `/`. */
  readonly root?: string;
}

/** Checks that systemd can start the daemon by its unit, and that the daemon may use the connected devices. */
export function serviceCheck({ wantsCoral, root = '/' }: ServiceCheckOptions): Check {
  return {
    name: 'service',
    run: async () => {
      const unit = await findUnit(root);
      if (unit === undefined) {
        return {
          status: 'ok',
          detail: 'Inkcast is not installed as a systemd service here; docs/guide/systemd.md tells how.',
        };
      }
      const text = await readFile(unit, 'utf8');
      return (
        (await missingGroup(unit, text, root)) ??
        (await missingFile(unit, text, root)) ??
        (await missingRules(wantsCoral, root)) ?? {
          status: 'ok',
          detail: `${unit} can be started: its program, configuration and groups are there.`,
        }
      );
    },
  };
}

/** systemd does not start a unit if one of its groups does not exist. */
async function missingGroup(unit: string, text: string, root: string): Promise<CheckResult | undefined> {
  const wanted = valuesOf(text, 'SupplementaryGroups');
  const lines = (await readFile(join(root, 'etc/group'), 'utf8').catch(() => '')).split('\n');
  const known = new Set(lines.map((line) => line.split(':')[0]));
  const missing = wanted.find((group) => !known.has(group));
  if (missing === undefined) return undefined;
  const detail = `${unit} needs the group ${missing}, which does not exist.`;
  return { status: 'failed', detail, remedy: `Run: sudo groupadd --system ${missing}` };
}

async function missingFile(unit: string, text: string, root: string): Promise<CheckResult | undefined> {
  const [program = '', ...args] = valuesOf(text, 'ExecStart');
  const at = args.indexOf('--config');
  const config = at < 0 ? undefined : args[at + 1];
  if ((await firstOf([join(root, program)])) === undefined) {
    const detail = `${unit} runs ${program}, which does not exist.`;
    return { status: 'failed', detail, remedy: 'Install the package inkcast again.' };
  }
  if (config === undefined || (await firstOf([join(root, config)])) !== undefined) return undefined;
  const detail = `${unit} reads ${config}, which does not exist.`;
  return { status: 'failed', detail, remedy: 'Run: sudo inkcast setup' };
}

/** Without the rules, only root may use the stick. */
async function missingRules(wantsCoral: boolean, root: string): Promise<CheckResult | undefined> {
  if (!wantsCoral && (await presentCorals(root)).length === 0) return undefined;
  if ((await firstOf(RULE_FOLDERS.map((folder) => join(root, folder, RULES)))) !== undefined) return undefined;
  return {
    status: wantsCoral ? 'failed' : 'warning',
    detail: `There is no ${RULES} for udev, so that the service may not use a Coral.`,
    remedy: `Copy ${RULES} to /etc/udev/rules.d and run: sudo udevadm control --reload && sudo udevadm trigger`,
  };
}

/** All values of a setting, in one list. */
function valuesOf(text: string, setting: string): string[] {
  const lines = text.split('\n').filter((line) => line.startsWith(`${setting}=`));
  return lines.flatMap((line) => line.slice(setting.length + 1).split(/\s+/));
}

async function firstOf(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    if (await isThere(file)) return file;
  }
  return undefined;
}
