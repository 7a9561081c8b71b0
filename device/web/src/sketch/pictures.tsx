import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { TryWords } from '../words/index.js';

interface PicturesProps {
  readonly words: TryWords;
  readonly onPicture: (file: File) => void;
}

/** A place for pictures: dropped anywhere on the page, chosen, or taken with the camera of a telephone. */
export function Pictures({ words, onPicture }: PicturesProps) {
  const isOver = useDroppedFile(onPicture);
  return (
    <div class={`drop-place stack${isOver ? ' over' : ''}`}>
      <p>{words.dropHint}</p>
      <div class="row">
        <PictureInput label={words.choose} onPicture={onPicture} />
        <PictureInput label={words.take} onPicture={onPicture} takes />
      </div>
    </div>
  );
}

/** Takes the first file that is dropped on the page. @returns whether something is held over the page */
function useDroppedFile(onFile: (file: File) => void): boolean {
  const isOver = useSignal(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      // Otherwise the browser would leave the page for the file.
      event.preventDefault();
      isOver.value = true;
    };
    const left = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) isOver.value = false;
    };
    const dropped = (event: DragEvent): void => {
      event.preventDefault();
      isOver.value = false;
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) onFile(file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', left);
    window.addEventListener('drop', dropped);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', left);
      window.removeEventListener('drop', dropped);
    };
  }, [isOver, onFile]);
  return isOver.value;
}

interface PictureInputProps {
  readonly label: string;
  /** Whether the camera of a telephone is opened. */
  readonly takes?: boolean;
  readonly onPicture: (file: File) => void;
}

function PictureInput({ label, takes = false, onPicture }: PictureInputProps) {
  return (
    <label class="button">
      {label}
      <input
        type="file"
        class="unseen"
        accept="image/*"
        {...(takes ? { capture: 'environment' } : {})}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) onPicture(file);
          // The same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
