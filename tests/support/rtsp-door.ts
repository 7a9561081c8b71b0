import { createServer, type Server } from 'node:net';

/** A camera's RTSP server that asks for user and password (RFC 2326), and stays silent when it has them. */
export interface RtspDoor {
  readonly server: Server;
  /** The first user and password, joined by a colon. */
  readonly given: Promise<string>;
}

export function rtspDoor(): RtspDoor {
  const server = createServer();
  const given = new Promise<string>((resolve) => {
    server.on('connection', (socket) => {
      // A source that is stopped resets the connection.
      socket.on('error', () => socket.destroy());
      socket.on('data', (data) => {
        const request = data.toString();
        const [, code] = /^Authorization: Basic (.*)\r$/m.exec(request) ?? [];
        if (code !== undefined) return resolve(Buffer.from(code, 'base64').toString());
        const sequence = /^CSeq:.*$/m.exec(request)?.[0].trim();
        socket.write(`RTSP/1.0 401 Unauthorized\r\n${sequence}\r\nWWW-Authenticate: Basic realm="c"\r\n\r\n`);
      });
    });
  });
  return { server, given };
}
