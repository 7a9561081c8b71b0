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

function parse(stream: Buffer, boundary: string | undefined, sizes: readonly number[]): Uint8Array[] {
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

/** Byte sequences with the markers of a JPEG: in coded data, 0xff is always followed by 0. */
const coded = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) => [...bytes].flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte])));
const pictures = fc.array(
  coded.map((data) => Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2, ...data, 7, 0xff, 0xd9)),
  { minLength: 1, maxLength: 4 },
);
/** What may stand around pictures, and what the Content-Type says of it. */
const wire = fc.record({
  declared: fc.constantFrom(undefined, 'frame', '--frame', 'another'),
  delimiter: fc.constantFrom('', '--frame\r\n', 'frame\r\n', '--frame\n', '----else\r\n'),
  headers: fc.constantFrom(
    ...['', '\r\n', 'Content-Type: image/jpeg\r\n\r\n', 'content-type:text/plain\n\n', 'Content-Length: 5\r\n\r\n\r\n'],
  ),
  after: fc.constantFrom('', '\r\n', '\n'),
  ended: fc.boolean(),
});

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

  it('field report 17: JPEGs are found whatever is written around them, wherever chunks end', () =>
    fc.assert(
      fc.property(pictures, wire, sizes, (parts, { declared, delimiter, headers, after, ended }, cuts) => {
        const sent = ended ? parts : parts.map((part) => part.subarray(0, -2));
        const before = Buffer.from(`${delimiter}${headers}`);
        const stream = sent.flatMap((part) => [before, part, Buffer.from(after)]);
        const next = [before, Buffer.of(0xff, 0xd8, 0xff)];
        const found = parse(Buffer.concat([...stream, ...next]), declared, cuts);
        // Line breaks that belong to no delimiter stand behind a picture without end marker; decoders pass over them.
        const loose =
          ended || before.toString().trim() !== '' ? Buffer.alloc(0) : Buffer.concat([Buffer.from(after), before]);
        const expected = sent.map((part) => Uint8Array.from([...part, ...loose]));
        assert.deepEqual(found, expected);
      }),
    ));

  it('field report 17: a JPEG with its end marker is complete at once, one without when its length has come', () => {
    const picture = Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 0xff, 0xd9);
    const marked = Buffer.concat([Buffer.from('--frame\r\n\r\n'), picture]);
    assert.deepEqual(parse(marked, 'frame', [3]), [picture]);
    const unmarked = picture.subarray(0, -2);
    const told = [Buffer.from(`--frame\r\nContent-Length: ${unmarked.length}\r\n\r\n`), unmarked, Buffer.from('\r\n')];
    assert.deepEqual(parse(Buffer.concat(told), 'frame', [3]), [unmarked]);
  });

  it('field report 17: a length that is wrong neither cuts a JPEG nor hides the next', () => {
    const picture = Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 3, 4, 5, 6, 0xff, 0xd9);
    for (const length of [0, 7, picture.length + 2, 10_000]) {
      const part = Buffer.concat([
        Buffer.from(`--frame\r\nContent-Length: ${length}\r\n\r\n`),
        picture,
        Buffer.from('\r\n'),
      ]);
      assert.deepEqual(
        parse(Buffer.concat([part, part, part]), 'frame', [11]),
        [picture, picture, picture],
        `${length}`,
      );
    }
  });

  it('field report 17: a thumbnail inside of a JPEG does not end it, nor do zeros behind it', () => {
    const thumbnail = [0xff, 0xd8, 0xff, 0xda, 0, 2, 9, 0xff, 0xd9];
    const picture = Uint8Array.of(
      ...[0xff, 0xd8, 0xff, 0xe1, 0, 2 + thumbnail.length, ...thumbnail],
      ...[0xff, 0xda, 0, 2, 1, 0xff, 0, 0xff, 0xd3, 2, 0xff, 0xff, 0xd9],
    );
    const padded = Buffer.concat([picture, Buffer.alloc(50_000)]);
    assert.deepEqual(parse(Buffer.concat([padded, padded]), undefined, [1000]), [picture, picture]);
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
