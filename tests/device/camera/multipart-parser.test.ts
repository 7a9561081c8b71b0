import assert from 'node:assert/strict';
import { MultipartParser } from '@inkcast/device/camera';
import { InkError } from '@inkcast/shared/errors';
import fc from 'fast-check';

interface Style {
  /** Whether parts say how long they are. */
  readonly lengths: boolean;
  readonly lineBreak: '\r\n' | '\n';
}

/** A stream as a camera sends it, with a last delimiter after which another part would begin. */
function streamOf(bodies: readonly Uint8Array[], delimiter: string, { lengths, lineBreak }: Style): Buffer {
  const parts = bodies.flatMap((body) => [
    Buffer.from(`${delimiter}${lineBreak}Content-Type: image/jpeg${lineBreak}`),
    Buffer.from(`${lengths ? `Content-Length: ${body.length}${lineBreak}` : ''}${lineBreak}`),
    body,
    Buffer.from(lineBreak),
  ]);
  return Buffer.concat([...parts, Buffer.from(`${delimiter}${lineBreak}`)]);
}

function parse(stream: Buffer, boundary: string, sizes: readonly number[]): Uint8Array[] {
  const parser = new MultipartParser(boundary);
  const found: Uint8Array[] = [];
  for (let at = 0, count = 0; at < stream.length; count++) {
    const size = sizes[count % sizes.length];
    found.push(...parser.push(stream.subarray(at, at + size)).map((body) => Uint8Array.from(body)));
    at += size;
  }
  return found;
}

/** Bodies end as JPEG does, and hold no delimiter. */
const body = fc.uint8Array({ maxLength: 400 }).map((bytes) => Uint8Array.from([...bytes, 0xff, 0xd9]));
const bodies = fc.array(body, { maxLength: 5 });
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 });
const style = fc.record({ lengths: fc.boolean(), lineBreak: fc.constantFrom('\r\n' as const, '\n' as const) });

describe('an MJPEG stream over HTTP', () => {
  it('is parsed with and without lengths, with both line breaks, wherever chunks end', () =>
    fc.assert(
      fc.property(bodies, style, sizes, (parts, kind, cuts) => {
        assert.deepEqual(parse(streamOf(parts, '--frame', kind), 'frame', cuts), parts);
      }),
    ));

  it('is parsed although the boundary already holds the dashes, or more of them', () => {
    const parts = [Uint8Array.of(1, 2, 3), Uint8Array.of(4)];
    for (const lengths of [true, false]) {
      const kind = { lengths, lineBreak: '\r\n' } as const;
      assert.deepEqual(parse(streamOf(parts, '--frame', kind), '--frame', [7]), parts);
      assert.deepEqual(parse(streamOf(parts, '----frame', kind), '--frame', [7]), parts);
    }
  });

  it('is parsed although a picture holds the delimiter, where its length is told', () => {
    const parts = [Uint8Array.from(Buffer.from('x\r\n--frame\r\n\r\ny')), Uint8Array.of(1)];
    assert.deepEqual(parse(streamOf(parts, '--frame', { lengths: true, lineBreak: '\r\n' }), 'frame', [5]), parts);
  });

  it('is refused where it has no parts, or one without an end', () => {
    for (const stream of [
      Buffer.alloc(20_000, 'no delimiter '),
      Buffer.from('--frame\r\nContent-Length: 99999999999\r\n\r\n'),
      Buffer.concat([Buffer.from('--frame\r\n\r\n'), Buffer.alloc(33 * 1024 * 1024)]),
    ]) {
      assert.throws(
        () => new MultipartParser('frame').push(stream),
        (error) => error instanceof InkError && error.code === 'INK_CAMERA_FAILED',
      );
    }
  });
});
