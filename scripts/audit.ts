// `npm run audit`: asks npm for known vulnerabilities of the packages that Inkcast runs with, and fails if there is one that
// scripts/audit-allowed.json does not name, or one that it allowed for a time that is over. The exit code is 0 if there is
// none, 1 if there is one, 2 if npm cannot be started, and 3 if the registry does not tell.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ALLOWED = fileURLToPath(new URL('audit-allowed.json', import.meta.url));

const allowedSchema = z.array(
  z.strictObject({
    /** The address of the advisory. */
    advisory: z.url(),
    /** Why Inkcast is not affected, or cannot do anything yet. */
    reason: z.string().min(1),
    /** After this day it is looked at again. */
    until: z.iso.date(),
  }),
);
type Allowed = z.infer<typeof allowedSchema>[number];

/** The part of `npm audit --json` that is used; a name stands for a package that is vulnerable by that name. */
const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([z.string(), z.object({ name: z.string(), url: z.url(), title: z.string(), severity: z.string() })]),
      ),
    }),
  ),
});
const failureSchema = z.object({ message: z.string() });

function fail(problem: string, code: 1 | 2 | 3): never {
  console.error(`audit: ${problem}`);
  process.exit(code);
}

function askNpm(): z.infer<typeof reportSchema> {
  const { stdout, error } = spawnSync('npm', ['audit', '--json', '--omit=dev', ...process.argv.slice(2)], {
    encoding: 'utf8',
  });
  if (error !== undefined) fail(`npm cannot be started: ${error.message}`, 2);
  const answer = parsed(stdout);
  const report = reportSchema.safeParse(answer);
  if (report.success) return report.data;
  const failure = failureSchema.safeParse(answer);
  const reason = failure.success ? failure.data.message : 'npm gave no report';
  return fail(`nothing was compared, as the registry does not tell of vulnerabilities (${reason})`, 3);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const allowed = allowedSchema.parse(JSON.parse(readFileSync(process.env.INKCAST_AUDIT_ALLOWED ?? ALLOWED, 'utf8')));
const today = new Date().toISOString().slice(0, 10);
const isAllowed = (url: string): boolean => allowed.some((one: Allowed) => one.advisory === url && one.until >= today);
const found = Object.values(askNpm().vulnerabilities).flatMap(({ via }) =>
  via.filter((cause) => typeof cause !== 'string'),
);
const open = new Map(found.filter(({ url }) => !isAllowed(url)).map((advisory) => [advisory.url, advisory]));
for (const { name, severity, title, url } of open.values()) console.log(`${name}: ${severity}: ${title} (${url})`);
for (const { advisory } of allowed.filter((one) => !found.some(({ url }) => url === one.advisory))) {
  console.log(
    `${advisory} is allowed, and is found no longer: remove it from ${join('scripts', 'audit-allowed.json')}`,
  );
}
if (open.size > 0) fail(`${open.size} advisories are not allowed; update the packages, or name them with a reason`, 1);
console.log(`no vulnerability that is not allowed (${allowed.length} allowed)`);
