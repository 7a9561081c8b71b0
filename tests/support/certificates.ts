import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Makes two authorities, `ca` and `other-ca`, and certificates of the first: `server` and `expired` for localhost,
 * `client` for a client. Each is NAME.pem with NAME.key in the folder.
 */
export async function makeCertificates(folder: string): Promise<void> {
  const file = (name: string) => join(folder, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = async (name: string) => {
    const out = ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)];
    await run('openssl', ['req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${name}`, ...out]);
  };
  const signed = async (name: string, commonName: string, ...validity: readonly string[]) => {
    const request = ['-keyout', file(`${name}.key`), '-out', file(`${name}.csr`)];
    await run('openssl', ['req', ...newKey, '-subj', `/CN=${commonName}`, ...request]);
    await run('openssl', [
      ...['ca', '-batch', '-notext', '-config', file('ca.conf'), '-in', file(`${name}.csr`)],
      ...['-out', file(`${name}.pem`), ...validity],
    ]);
  };
  await Promise.all([authority('ca'), authority('other-ca')]);
  await writeFile(file('index.txt'), '');
  await writeFile(
    file('ca.conf'),
    [
      ...['[ca]', 'default_ca=own', '[own]', `certificate=${file('ca.pem')}`, `private_key=${file('ca.key')}`],
      ...[`database=${file('index.txt')}`, `new_certs_dir=${folder}`, 'rand_serial=yes', 'default_md=sha256'],
      ...['policy=any', 'x509_extensions=names', 'unique_subject=no'],
      ...['[any]', 'commonName=supplied', '[names]', 'subjectAltName=DNS:localhost', ''],
    ].join('\n'),
  );
  // One after the other: they share the authority's list.
  await signed('server', 'localhost', '-days', '2');
  await signed('client', 'desk', '-days', '2');
  await signed('expired', 'localhost', '-startdate', '20200101000000Z', '-enddate', '20200102000000Z');
}
