import { createHash } from 'node:crypto';
import type { LockedPackage } from './production-packages.js';

/** Licences that are one licence have an identifier; others are an expression (SPDX). */
const EXPRESSION = /\s|\(/;

/** What a bill of materials is of. */
export interface Product {
  /** Its package URL, without the version (https://github.com/package-url/purl-spec). */
  readonly purl: string;
  /** What follows the version in the package URL. */
  readonly qualifiers?: string;
  readonly name: string;
  readonly version: string;
  readonly date: Date;
}

/**
 * The npm packages within a package of ours, as CycloneDX 1.5 in JSON (https://cyclonedx.org/docs/1.5/json/). The hash of a
 * package is that of the archive that npm fetched. The same packages and date give the same bytes.
 *
 * @param packages those that are named twice are listed once
 */
export function billOfMaterials(packages: readonly LockedPackage[], product: Product): string {
  const { purl, qualifiers = '', name, version, date } = product;
  const byLocation = new Map(packages.map((each) => [each.location, each]));
  const components = [...byLocation.values()]
    .map(componentOf)
    .toSorted((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
  const reference = `${purl}@${version}${qualifiers}`;
  const content = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([reference, date, components]))}`,
    version: 1,
    metadata: {
      timestamp: date.toISOString(),
      component: {
        type: 'application',
        'bom-ref': reference,
        name,
        version,
        purl: reference,
        licenses: [{ license: { id: 'Apache-2.0' } }],
      },
    },
    components,
    dependencies: [{ ref: reference, dependsOn: [...new Set(components.map((one) => one['bom-ref']))] }],
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function componentOf({ location, name, version, integrity, license }: LockedPackage) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const [scope, plain] = name.startsWith('@') ? name.split('/') : [undefined, name];
  return {
    type: 'library',
    'bom-ref': `${purl}#${location}`,
    ...(scope === undefined ? {} : { group: scope }),
    name: plain,
    version,
    purl,
    licenses: [EXPRESSION.test(license) ? { expression: license } : { license: { id: license } }],
    hashes: [hashOf(integrity)],
  };
}

/** Of npm's `sha512-BASE64`. */
function hashOf(integrity: string) {
  const [algorithm, digest] = integrity.split('-');
  if (algorithm !== 'sha512') throw new Error(`The lockfile names a hash of another kind than SHA-512: ${integrity}`);
  return { alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') };
}

/** A UUID of version 8 (RFC 9562), made from what it names. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
