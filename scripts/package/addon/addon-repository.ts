import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { addonOptions } from './options.js';

const PAGE_PORT = 8765;

export interface AddonDetails {
  readonly version: string;
  /** Where the images are, with `{arch}` for the architecture. */
  readonly image: string;
  /** The address of the project. */
  readonly url: string;
}

/** The add-on's config.yaml (https://developers.home-assistant.io/docs/add-ons/configuration). */
export function addonConfig({ version, image, url }: AddonDetails): string {
  return stringify({
    name: 'Inkcast',
    version,
    slug: 'inkcast',
    description: 'Reads handwritten digits from a camera and publishes them over MQTT',
    url,
    image,
    arch: ['aarch64', 'amd64'],
    startup: 'application',
    boot: 'auto',
    // The Supervisor asks the page from its own address.
    watchdog: `http://[HOST]:[PORT:${PAGE_PORT}]/healthz`,
    ingress: true,
    ingress_port: PAGE_PORT,
    ingress_stream: true,
    panel_icon: 'mdi:numeric',
    services: ['mqtt:need'],
    video: true,
    map: ['media:ro', 'share:ro'],
    options: {},
    schema: addonOptions(),
  });
}

/** Writes what Home Assistant takes for a repository of add-ons. @param root this repository */
export function writeAddonRepository(root: string, out: string, details: AddonDetails): void {
  mkdirSync(join(out, 'inkcast'), { recursive: true });
  writeFileSync(join(out, 'repository.yaml'), stringify({ name: 'Inkcast', url: details.url }));
  writeFileSync(join(out, 'inkcast/config.yaml'), addonConfig(details));
  copyFileSync(join(root, 'addon/DOCS.md'), join(out, 'inkcast/DOCS.md'));
  copyFileSync(join(root, 'CHANGELOG.md'), join(out, 'inkcast/CHANGELOG.md'));
}
