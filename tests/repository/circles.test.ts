import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { importsOf, sourcesOf } from './imports.js';

const PACKAGES = ['shared', 'training', 'learning', 'reader', 'device', 'device/web', 'lab'];

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Each file of the packages, with those that it imports. */
async function fileGraph(): Promise<Graph> {
  const graph = new Map<string, Set<string>>();
  for (const name of PACKAGES) {
    for (const file of await sourcesOf(`${name}/src`)) graph.set(`${name}/src/${file}`, new Set());
  }
  for (const name of PACKAGES) {
    for (const { file, target } of await importsOf(`${name}/src`)) {
      const from = `${name}/src/${file}`;
      const to = sourceOf(from, target, graph);
      if (to === undefined) continue;
      assert.ok(graph.has(to), `${from} imports ${target}, which is no file of the packages`);
      graph.get(from)?.add(to);
    }
  }
  return graph;
}

/** The source behind an import; undefined for other packages. */
function sourceOf(file: string, target: string, graph: Graph): string | undefined {
  if (target.startsWith('.')) {
    const path = posix.join(posix.dirname(file), target).replace(/\.js$/, '.ts');
    return graph.has(`${path}x`) ? `${path}x` : path;
  }
  const own = /^@inkcast\/(\w+)(?:\/(.+))?$/.exec(target);
  return own === null ? undefined : posix.join(own[1], 'src', own[2] ?? '', 'index.ts');
}

/** The imports between the folders in `parent`. Each folder includes its sub-folders. */
function folderGraph(files: Graph, parent: string): Graph {
  const folderOf = (file: string): string | undefined => {
    if (!file.startsWith(`${parent}/`)) return undefined;
    const [folder, ...rest] = file.slice(parent.length + 1).split('/');
    return rest.length === 0 ? undefined : `${parent}/${folder}`;
  };
  const graph = new Map<string, Set<string>>();
  for (const [file, imports] of files) {
    const from = folderOf(file);
    if (from === undefined) continue;
    const targets = graph.get(from) ?? new Set();
    graph.set(from, targets);
    for (const to of [...imports].map(folderOf)) if (to !== undefined && to !== from) targets.add(to);
  }
  return graph;
}

/** Circles, one for each import that leads back to where the walk came from; none is in a graph without circles. */
function circlesOf(graph: Graph): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): void => {
    const at = path.indexOf(node);
    if (at >= 0) {
      circles.push([...path.slice(at), node].join(' imports '));
      return;
    }
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return circles;
}

describe('imports', () => {
  let graph: Graph;

  before(async () => {
    graph = await fileGraph();
  });

  it('never lead in a circle from file to file, types included', () => {
    assert.ok([...graph.values()].some((imports) => imports.size > 0));
    assert.deepEqual(circlesOf(graph), []);
  });

  it('never lead in a circle between folders that lie side by side', () => {
    const parents = new Set([...graph.keys()].flatMap((file) => ancestorsOf(file)));
    assert.ok(parents.size > PACKAGES.length);
    assert.deepEqual(
      [...parents].flatMap((parent) => circlesOf(folderGraph(graph, parent))),
      [],
    );
  });
});

function ancestorsOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
