/** What a value must be, in Chinese, by the English words for it; `$1` is what stands in the brackets. */
const REQUIREMENTS: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^must be at least (\S+)$/, '必须不小于 $1'],
  [/^must be at most (\S+)$/, '必须不大于 $1'],
  [/^must be more than (\S+)$/, '必须大于 $1'],
  [/^must be less than (\S+)$/, '必须小于 $1'],
  [/^must be text whose length is at least (\S+)$/, '必须是长度不小于 $1 的文字'],
  [/^must be text whose length is at most (\S+)$/, '必须是长度不大于 $1 的文字'],
  [/^must be a list whose length is at least (\S+)$/, '必须是长度不小于 $1 的列表'],
  [/^must be a list whose length is at most (\S+)$/, '必须是长度不大于 $1 的列表'],
  [/^must be a number$/, '必须是数字'],
  [/^must be a whole number$/, '必须是整数'],
  [/^must be true or false$/, '必须是 true 或 false'],
  [/^must be a list$/, '必须是列表'],
  [/^must be a section with keys of its own$/, '必须是含有键的一节'],
  [/^must be text \(.*\)$/, '必须是文字（看起来像数字时加引号）'],
  [/^must be one of (.+)$/, '必须是以下之一：$1'],
  [/^must be (".*"|\d+)$/, '必须是 $1'],
  [
    /^must be an address that begins with (.+), with a host, and with a port from 0 to 65535 if there is one$/,
    '必须是以这些开头的地址：$1；须含主机名，端口若有则为 0 至 65535',
  ],
];

/** A sentence of the device on a value that it refuses, in Chinese; undefined for one of another form. */
export function issue(sentence: string): string | undefined {
  const unknown = /^(.+) (?:is no key|are no keys) that Inkcast knows\.$/.exec(sentence);
  if (unknown !== null) return `Inkcast 不认识 ${unknown[1]}。`;
  const [, name, value, wanted] = /^(\S+) is (.+); it (must be .+)\.$/s.exec(sentence) ?? [];
  const known = REQUIREMENTS.find(([english]) => english.test(wanted ?? ''));
  if (known === undefined) return undefined;
  const requirement = wanted.replace(known[0], known[1]);
  return value === 'missing' ? `缺少 ${name}；${requirement}。` : `${name} 是 ${value}；${requirement}。`;
}
