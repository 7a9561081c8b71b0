import { useSignal } from '@preact/signals';
import { useWords } from '../page/index.js';
import type { Teaching } from './teaching.js';

/** A crop large, and what is around it on the picture that it comes from. */
export function CropView({ teaching, id }: { readonly teaching: Teaching; readonly id: string }) {
  const words = useWords().teach;
  return (
    <div class="crop-view">
      <figure>
        <img class="pixels" src={teaching.pictureUrl(id)} alt={words.crop} width="280" height="280" />
        <figcaption class="soft">{words.crop}</figcaption>
      </figure>
      <Surroundings key={id} url={teaching.surroundingsUrl(id)} />
    </div>
  );
}

/** There are none of crops that were imported. */
function Surroundings({ url }: { readonly url: string }) {
  const words = useWords().teach;
  const isThere = useSignal(true);
  return (
    <figure hidden={!isThere.value}>
      <img
        src={url}
        alt={words.surroundings}
        width="280"
        height="280"
        onError={() => {
          isThere.value = false;
        }}
      />
      <figcaption class="soft">{words.surroundings}</figcaption>
    </figure>
  );
}

interface SmallCropProps {
  readonly teaching: Teaching;
  readonly id: string;
  readonly alt: string;
}

export function SmallCrop({ teaching, id, alt }: SmallCropProps) {
  return <img class="pixels small" src={teaching.pictureUrl(id)} alt={alt} width="56" height="56" loading="lazy" />;
}
