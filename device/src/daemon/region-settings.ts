import { namedArea, type ViewArea } from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';
import type { Config } from '../config/index.js';
import type { RegionSettings } from '../regions/index.js';

type Read = Pick<Config, 'vision' | 'reading'>;

/** What a configuration says is read of each frame: its named regions, or else one without a name. */
export function regionSettingsOf({ vision, reading }: Read): RegionSettings[] {
  const { tracking, rules, expect } = reading;
  const { regions, regionOfInterest, perspective: corners } = vision;
  if (regions.length === 0) {
    return [{ name: undefined, area: namedArea({ regionOfInterest, corners }), tracking, rules, expect }];
  }
  return regions.map((region) => ({
    name: region.name,
    area: namedArea(region),
    tracking,
    rules: region.rules ?? rules,
    expect: region.expect ?? expect,
  }));
}

/** The parts of the frame that a configuration says are read. */
export function areasOf(config: Read): ViewArea[] {
  return regionSettingsOf(config).map(({ area }) => area);
}

/**
 * The region of a configuration that someone names.
 *
 * @param name undefined where none was named
 * @throws InkError INK_REQUEST_INVALID for one that is not there, and for none where there are named ones
 */
export function regionIn(config: Read, name: string | undefined): RegionSettings {
  const regions = regionSettingsOf(config);
  const region = regions.find((one) => one.name === name);
  if (region !== undefined) return region;
  if (config.vision.regions.length === 0) {
    throw new InkError('INK_REQUEST_INVALID', `There is no region ${name}: the device has no named regions.`, {
      remedy: 'Leave the region out, or set vision.regions.',
    });
  }
  const happened =
    name === undefined ? 'The device has named regions, and none is named.' : `There is no region ${name}.`;
  const names = config.vision.regions.map((one) => one.name).join(', ');
  throw new InkError('INK_REQUEST_INVALID', happened, { remedy: `Name one of ${names}.` });
}
