import { licenceOf } from '../../scripts/package-licence.mjs';

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
