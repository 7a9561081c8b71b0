import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LICENCE = /^(licen[cs]e|copying)/i;

/**
 * The npm packages that are copied into what is built, because their licences ask to be named with it, and the bill of materials
 * lists them. Vite's own list leaves out those of workers.
 *
 * @returns {{ page: import('vite').Plugin, worker: import('vite').Plugin }} The first writes `licences.json`.
 */
export function licences() {
  const locations = new Set();
  const collect = (bundle) => {
    for (const chunk of Object.values(bundle)) {
      for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
        const [location] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(id.replaceAll('\0', '')) ?? [];
        if (location !== undefined) locations.add(location);
      }
    }
  };
  return {
    // Workers are built before the page that starts them.
    worker: { name: 'licences-of-workers', generateBundle: (_, bundle) => collect(bundle) },
    page: {
      name: 'licences',
      generateBundle(_, bundle) {
        collect(bundle);
        const source = `${JSON.stringify([...locations].sort().map(licenceOf), undefined, 2)}\n`;
        this.emitFile({ type: 'asset', fileName: 'licences.json', source });
      },
    },
  };
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => LICENCE.test(each));
  if (file === undefined) throw new Error(`${name} comes without the text of its licence`);
  const location = relative(root, folder).replaceAll(sep, '/');
  return { location, name, version, license, text: readFileSync(join(folder, file), 'utf8').trim() };
}
