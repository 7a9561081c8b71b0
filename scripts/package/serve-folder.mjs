// `node serve-folder.mjs FOLDER`: serves its files on 127.0.0.1 until it is ended, and says the port on standard output.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const server = createServer(({ url = '/' }, answer) => {
  const path = join(folder, normalize(decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname)));
  const size = statSync(path, { throwIfNoEntry: false });
  if (size?.isFile() !== true) answer.writeHead(404).end();
  else createReadStream(path).pipe(answer.writeHead(200, { 'content-length': size.size }));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(address.port);
});
