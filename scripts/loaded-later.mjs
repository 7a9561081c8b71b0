/**
 * What packages do as soon as they are loaded and the daemon never needs, by the end of a file's path: tables for the width of
 * text, the text of --help, timers of browsers, and proxies. See docs/decisions/208.
 *
 * @type {Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>}
 */
const CHANGES = {
  'string-width/index.js': [
    ['const segmenter = new Intl.Segmenter();', 'let segmenter;'],
    ['of segmenter.segment(', 'of (segmenter ??= new Intl.Segmenter()).segment('],
  ],
  'yargs/build/lib/usage.js': [['cachedHelpMessage = this.help();', '']],
  'mqtt/build/lib/get-timer.js': [['require("worker-timers")', '{ setInterval, clearInterval }']],
  'mqtt/build/lib/connect/tcp.js': [
    ['__importDefault(require("./socks"))', '{ get default() { return require("./socks").default; } }'],
  ],
  'mqtt/build/lib/connect/tls.js': [
    ['__importDefault(require("./socks"))', '{ get default() { return require("./socks").default; } }'],
  ],
};

/**
 * The text of a package's module as it is bundled.
 *
 * @throws Error where the package no longer has what is to be changed
 */
export function loadedLater(/** @type {string} */ path, /** @type {string} */ text) {
  const [, changes = []] = Object.entries(CHANGES).find(([file]) => path.endsWith(`/${file}`)) ?? [];
  return changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`${path} no longer contains ${from}: change ${import.meta.filename}.`);
    return changed.replace(from, to);
  }, text);
}

/**
 * MQTT's packages use a copy of Node.js 18's streams. Others use one of Node.js 10's, which end in another way.
 *
 * @type {import('esbuild').Plugin}
 */
export const nodeStreams = {
  name: 'node-streams',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^readable-stream$/ }, ({ importer }) =>
      /\/node_modules\/(mqtt|mqtt-packet|bl)\//.test(importer) ? { path: 'node:stream', external: true } : undefined,
    );
  },
};
