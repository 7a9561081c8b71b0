import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { packJudgement, unpackJudgement } from '../../../shared/src/judgement/packed-judgement.ts';

const MODEL = new URL('../../../models/digits/', import.meta.url);

/**
 * Puts the files that the reader loads of the shipped bundle into `model/`, packed as `loadPacked` unpacks them. The judgement
 * is rounded by that, and the manifest names what is there: it has no recipes, and the sizes and digests of these files only.
 *
 * @returns {import('vite').Plugin}
 */
export function shippedModel() {
  return {
    name: 'shipped-model',
    generateBundle() {
      const emit = (name, bytes) =>
        this.emitFile({ type: 'asset', fileName: `model/${name}.deflate`, source: deflateSync(bytes, { level: 9 }) });
      const manifest = JSON.parse(readFileSync(new URL('manifest.json', MODEL), 'utf8'));
      const { spotters, verifier, judgement } = manifest;
      const files = {};
      const list = (name, bytes) => {
        files[name] = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
      };
      for (const name of ['model.tflite', ...[...spotters, verifier].map(({ file }) => file)]) {
        const bytes = readFileSync(new URL(name, MODEL));
        list(name, bytes);
        emit(name, bytes);
      }
      const packed = packJudgement(JSON.parse(readFileSync(new URL(judgement.file, MODEL), 'utf8')));
      list(judgement.file, Buffer.from(JSON.stringify(unpackJudgement(packed))));
      emit(judgement.file, packed);
      for (const part of [manifest, verifier, ...spotters]) part.recipe = {};
      emit('manifest.json', Buffer.from(JSON.stringify({ ...manifest, files })));
    },
  };
}
