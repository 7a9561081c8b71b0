import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { blocksOf, pagesOf, prose, ROOT } from './support/pages.js';

/** The names of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  const headings = [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the pages', () => {
  it('lead with every link to a file that there is, and to a heading that it has', async () => {
    const pages = await pagesOf('docs', 'examples');
    const texts = new Map(pages.map(({ path, text }) => [path, text]));
    const broken = pages.flatMap(({ path, text }) =>
      [...prose(text).matchAll(/\]\(([^)\s#:]*)(?:#([^)]*))?\)/g)].flatMap(([, link = '', anchor]) => {
        const target = link === '' ? path : normalize(join(dirname(path), link));
        const page = texts.get(target);
        const isFound = existsSync(join(ROOT, target));
        const isNamed = anchor === undefined || page === undefined || anchorsOf(page).includes(anchor);
        return isFound && isNamed ? [] : [`${path}: ${link}#${anchor ?? ''}`];
      }),
    );
    assert.deepEqual(broken, []);
  });

  it('have one style of headings: one title first, no level left out, no mark at the end', async () => {
    const odd = (await pagesOf('docs', 'examples')).flatMap(({ path, text }) => {
      const headings = [...prose(text).matchAll(/^(#+) (.*)$/gm)];
      const levels = headings.map(([, marks = '']) => marks.length);
      const faults = [
        ...(text.startsWith('# ') && levels.filter((level) => level === 1).length === 1 ? [] : ['title']),
        ...levels
          .slice(1)
          .flatMap((level, i) => (level > (levels[i] ?? 0) + 1 ? [`level of ${headings[i + 1]?.[2]}`] : [])),
        ...headings.flatMap(([, , heading = '']) => (/[.:?!]$|^[a-z]/.test(heading) ? [heading] : [])),
      ];
      return faults.map((fault) => `${path}: ${fault}`);
    });
    assert.deepEqual(odd, []);
  });

  it('say of each block what it is written in', async () => {
    const blocks = (await pagesOf('docs', 'examples')).flatMap(blocksOf);
    assert.ok(blocks.length > 50);
    assert.deepEqual(
      blocks.filter(({ language }) => language === '').map(({ page, line }) => `${page}:${line}`),
      [],
    );
  });

  it('are there where errors, help and comments name them', async () => {
    const folders = [
      'shared/src',
      'reader/src',
      'device/src',
      'training/src',
      'lab/src',
      'training/recipes',
      'systemd',
      'scripts',
    ];
    const named = await Promise.all(
      [...folders, 'config.example.yaml'].map(async (entry) => {
        const isFile = entry.endsWith('.yaml');
        const names = isFile ? [''] : await readdir(join(ROOT, entry), { recursive: true, withFileTypes: true });
        const files = names.flatMap((one) =>
          typeof one === 'string' ? [entry] : one.isFile() ? [join(one.parentPath, one.name)] : [],
        );
        const texts = await Promise.all(
          files.map((file) => readFile(file.startsWith('/') ? file : join(ROOT, file), 'utf8')),
        );
        return texts.flatMap((text) => [...text.matchAll(/\bdocs\/[\w/-]+\.md/g)].map(([page]) => page));
      }),
    );
    const pages = new Set(named.flat());
    assert.ok(pages.size > 10);
    assert.deepEqual(
      [...pages].filter((page) => !existsSync(join(ROOT, page))),
      [],
    );
  });
});

describe('docs/decisions/README.md', () => {
  it('lists every record with its title', async () => {
    const names = (await readdir(join(ROOT, 'docs/decisions'))).filter((name) => /^\d{3}-/.test(name)).sort();
    const page = await readFile(join(ROOT, 'docs/decisions/README.md'), 'utf8');
    const rows = [...page.matchAll(/^\| \[(\d{3})\]\((.*?)\) *\| (.*?) *\|$/gm)].map(([, ...cells]) => cells);
    const expected = await Promise.all(
      names.map(async (name) => {
        const [title = ''] = (await readFile(join(ROOT, 'docs/decisions', name), 'utf8')).split('\n');
        return [name.slice(0, 3), name, title.replace(`# ${name.slice(0, 3)}: `, '')];
      }),
    );
    assert.deepEqual(rows, expected, 'run npm run docs');
  });
});

describe('README.zh-CN.md', () => {
  it('has the commands, the links and the figures of README.md', async () => {
    const [english, chinese] = await pagesOf();
    assert.ok(english !== undefined && chinese !== undefined);
    const facts = ({ path, text }: typeof english) => ({
      blocks: blocksOf({ path, text }).map(({ language, reason, lines }) => ({ language, reason, lines })),
      links: [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, link = '']) =>
        link.replace(/README(\.zh-CN)?\.md$/, 'README'),
      ),
      figures: [...prose(text).matchAll(/\d+(\.\d+)*/g)].map(([figure]) => figure).sort(),
    });
    assert.deepEqual(facts(chinese), facts(english));
  });
});
