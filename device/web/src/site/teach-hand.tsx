import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Notice } from '../look/index.js';
import type { Language } from '../words/index.js';

/** The shipped bundle with what learning needs of it; the build puts it there. */
const BUNDLE = 'lesson/';

type Room = typeof import('../lesson/index.js');

interface OpenRoom {
  readonly room: Room;
  readonly lesson: InstanceType<Room['Lesson']>;
}

interface TeachHandProps {
  readonly language: Language;
  /** What is shown while nobody teaches. */
  readonly children: ComponentChildren;
}

/** Reading, and the way to teaching, which is loaded once somebody asks for it. Its labels stay when it is left. */
export function TeachHand({ language, children }: TeachHandProps) {
  const { lesson: words, teach, try: tried, shell } = language.words.value;
  const opened = useSignal<OpenRoom | undefined>(undefined);
  const state = useSignal<'reading' | 'loading' | 'teaching' | 'lost'>('reading');
  const open = async (): Promise<void> => {
    state.value = 'loading';
    try {
      const room = opened.value?.room ?? (await import('../lesson/index.js'));
      opened.value ??= { room, lesson: new room.Lesson(new URL(BUNDLE, document.baseURI).href) };
      state.value = 'teaching';
    } catch {
      state.value = 'lost';
    }
  };
  const isTeaching = state.value === 'teaching' && opened.value !== undefined;
  return (
    <div class="stack">
      <div class="row">
        {isTeaching ? (
          <button
            type="button"
            onClick={() => {
              state.value = 'reading';
            }}
          >
            {words.close}
          </button>
        ) : (
          <button type="button" disabled={state.value === 'loading'} onClick={() => void open()}>
            {words.open}
          </button>
        )}
      </div>
      {state.value === 'lost' ? <Notice kind="bad">{shell.unreachable}</Notice> : null}
      {isTeaching && opened.value !== undefined ? (
        <opened.value.room.LessonView
          lesson={opened.value.lesson}
          texts={{ lesson: words, teach, try: tried, locale: language.locale }}
        />
      ) : (
        children
      )}
    </div>
  );
}
