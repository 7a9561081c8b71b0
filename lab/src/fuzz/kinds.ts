const target = (name: string): URL => new URL(`./targets/${name}.js`, import.meta.url);

/** The kinds of input, and the module that gives each to what takes it: it exports `open`, an `OpenTarget`. */
export const FUZZ_KINDS = {
  frames: target('frames'),
  pictures: target('pictures'),
  models: target('models'),
  bundles: target('bundles'),
  configurations: target('configurations'),
  'mqtt-packets': target('mqtt-packets'),
  'mqtt-requests': target('mqtt-requests'),
  'http-requests': target('http-requests'),
} as const;

export type FuzzKind = keyof typeof FUZZ_KINDS;

export const isFuzzKind = (name: string): name is FuzzKind => Object.hasOwn(FUZZ_KINDS, name);
