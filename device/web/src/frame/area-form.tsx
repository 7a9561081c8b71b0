import { usePage, useWords } from '../page/index.js';
import type { EditedRules } from './areas.js';
import type { FrameEditor } from './frame-editor.js';
import type { ShapeKind } from './geometry.js';

const KINDS: readonly ShapeKind[] = ['whole', 'rectangle', 'corners'];
const RULE_TEXTS = ['digitCount', 'decimalPlaces', 'min', 'max', 'maxPerHour'] as const;

/** The areas as a list, and what is said of the one that is chosen. */
export function AreaForm({ editor }: { readonly editor: FrameEditor }) {
  const { access } = usePage();
  const words = useWords().frame;
  const { area, selected } = editor;
  const areas = editor.areas.value;
  return (
    <fieldset class="card stack" disabled={!access.mayChange || !editor.isLoaded}>
      <legend class="unseen">{words.areas}</legend>
      {area.name === null ? null : (
        <fieldset class="bare row">
          <legend class="unseen">{words.areas}</legend>
          {areas.map(({ name }, index) => (
            <button
              key={index}
              type="button"
              aria-pressed={index === selected}
              class="choice"
              onClick={() => editor.select(index)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      )}
      <fieldset class="bare row">
        <legend class="unseen">{words.kind}</legend>
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            class="choice"
            aria-pressed={area.shape.kind === kind}
            onClick={() => editor.setKind(kind)}
          >
            {words.kinds[kind]}
          </button>
        ))}
      </fieldset>
      <p class="soft">{words.kindHints[area.shape.kind]}</p>
      {area.name === null ? null : (
        <label class="field">
          <span>{words.name}</span>
          <input value={area.name} onInput={({ currentTarget: { value } }) => editor.change({ name: value.trim() })} />
          <small class="soft">{words.nameHint}</small>
        </label>
      )}
      <label class="field">
        <span>{words.expect}</span>
        <textarea
          class="mono"
          rows={area.expect.includes('\n') ? 3 : 1}
          value={area.expect}
          onInput={({ currentTarget: { value } }) => editor.change({ expect: value })}
        />
        <small class="soft">{words.expectHint}</small>
      </label>
      {area.name === null ? null : <Rules editor={editor} />}
      <div class="row">
        <button type="button" onClick={() => editor.add()}>
          {words.add}
        </button>
        {area.name === null ? null : (
          <button type="button" class="danger" onClick={() => editor.remove()}>
            {words.remove}
          </button>
        )}
      </div>
    </fieldset>
  );
}

function Rules({ editor }: { readonly editor: FrameEditor }) {
  const words = useWords().frame;
  const { rules } = editor.area;
  const change = (part: Partial<EditedRules>) => editor.change({ rules: { ...rules, ...part } });
  return (
    <details open={Object.values(rules).some((value) => value !== '' && value !== false)}>
      <summary>{words.rules}</summary>
      <div class="pairs">
        {RULE_TEXTS.map((key) => (
          <label key={key} class="field">
            <span>{words.ruleNames[key]}</span>
            <input
              inputMode="decimal"
              value={rules[key]}
              onInput={({ currentTarget: { value } }) => change({ [key]: value.trim() })}
            />
          </label>
        ))}
        <label class="row">
          <input
            type="checkbox"
            checked={rules.monotonic}
            onChange={({ currentTarget: { checked } }) => change({ monotonic: checked })}
          />
          <span>{words.ruleNames.monotonic}</span>
        </label>
      </div>
    </details>
  );
}
