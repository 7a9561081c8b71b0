import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Reading } from '../api/index.js';
import { usePage, useWords } from '../page/index.js';
import { KINDS } from './filter.js';
import type { HistoryList } from './history-list.js';

/** Day, kind and region, and what is done with all that they let through. */
export function Filters({ list }: { readonly list: HistoryList }) {
  const words = useWords().history;
  const { day, kind, region } = list.filter.value;
  const regions = useRegions();
  return (
    <div class="row filters">
      <label class="field">
        <span>{words.day}</span>
        <input type="date" value={day} onChange={({ currentTarget: { value } }) => list.choose({ day: value })} />
      </label>
      <label class="field">
        <span>{words.kind}</span>
        <select value={kind} onChange={({ currentTarget: { value } }) => list.choose({ kind: value })}>
          <option value="">{words.all}</option>
          {KINDS.map((name) => (
            <option key={name} value={name}>
              {words.kinds[name]}
            </option>
          ))}
        </select>
      </label>
      {regions.length === 0 ? null : (
        <label class="field">
          <span>{words.region}</span>
          <select value={region} onChange={({ currentTarget: { value } }) => list.choose({ region: value })}>
            <option value="">{words.all}</option>
            {regions.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="row">
        <a class="button" href={list.fileUrl('csv')} download>
          CSV
        </a>
        <a class="button" href={list.fileUrl('json')} download>
          JSON
        </a>
        <DeletePictures list={list} />
      </div>
    </div>
  );
}

/** Names of the regions that there are now. */
function useRegions(): readonly string[] {
  const { api } = usePage();
  const regions = useSignal<readonly string[]>([]);
  useEffect(() => {
    api.get<{ readonly readings: readonly Reading[] }>('reading').then(
      ({ readings }) => {
        regions.value = readings.flatMap(({ region }) => region ?? []);
      },
      // Without it, there is one filter less; the list itself says what is wrong.
      () => {},
    );
  }, [api, regions]);
  return regions.value;
}

/** Asks once more before it deletes. */
function DeletePictures({ list }: { readonly list: HistoryList }) {
  const { access } = usePage();
  const words = useWords().history;
  const asks = useSignal(false);
  const has = list.events.value?.some(({ picture }) => picture) ?? false;
  if (!access.mayChange || !has) return null;
  if (!asks.value) {
    return (
      <button
        type="button"
        class="danger"
        onClick={() => {
          asks.value = true;
        }}
      >
        {words.deletePictures}
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        class="danger"
        onClick={() => {
          asks.value = false;
          void list.deletePictures();
        }}
      >
        {words.deleteReally}
      </button>
      <button
        type="button"
        onClick={() => {
          asks.value = false;
        }}
      >
        {words.keep}
      </button>
    </>
  );
}
