import type { Setting } from '../api/index.js';
import { useWords } from '../page/index.js';
import { controlFor, rangeOf, textOf } from './values.js';

interface ControlProps {
  readonly id: string;
  readonly setting: Setting;
  readonly text: string;
  readonly isDraft: boolean;
  readonly disabled: boolean;
  readonly isWrong: boolean;
  readonly onEdit: (text: string) => void;
}

/** What a value is edited with, by the schema of its key. */
export function Control(props: ControlProps) {
  const { id, setting, text, disabled, isWrong, onEdit } = props;
  const common = {
    id,
    disabled,
    'aria-describedby': `${id}-about ${id}-wrong`,
    'aria-invalid': isWrong,
  };
  if (setting.secret) return <Secret {...props} />;
  switch (controlFor(setting.schema)) {
    case 'choice':
      return <Choice {...props} />;
    case 'switch':
      return (
        <input
          {...common}
          type="checkbox"
          checked={text === 'true'}
          onChange={({ currentTarget: { checked } }) => onEdit(String(checked))}
        />
      );
    case 'number': {
      const { least, most } = rangeOf(setting.schema);
      return (
        <input
          {...common}
          type="number"
          step={setting.schema.type === 'integer' ? 1 : 'any'}
          min={least}
          max={most}
          placeholder={setting.default}
          value={text}
          onInput={({ currentTarget: { value } }) => onEdit(value)}
        />
      );
    }
    case 'text':
      return (
        <input
          {...common}
          class="wide"
          placeholder={setting.default}
          value={text}
          onInput={({ currentTarget: { value } }) => onEdit(value)}
        />
      );
    case 'structure':
      return (
        <textarea
          {...common}
          class="wide mono"
          rows={Math.min(8, Math.ceil(text.length / 40) || 1)}
          value={text}
          onInput={({ currentTarget: { value } }) => onEdit(value)}
        />
      );
  }
}

function Choice({ id, setting, text, disabled, isWrong, onEdit }: ControlProps) {
  const words = useWords().settings;
  const { enum: allowed } = setting.schema;
  return (
    <select
      id={id}
      disabled={disabled}
      aria-describedby={`${id}-about ${id}-wrong`}
      aria-invalid={isWrong}
      value={text}
      onChange={({ currentTarget: { value } }) => onEdit(value)}
    >
      {text === '' ? <option value="">{words.notSet}</option> : null}
      {Array.isArray(allowed)
        ? allowed.map((value) => (
            <option key={textOf(value)} value={textOf(value)}>
              {textOf(value)}
            </option>
          ))
        : null}
    </select>
  );
}

/** Can be written, and never read. */
function Secret({ id, setting, text, isDraft, disabled, isWrong, onEdit }: ControlProps) {
  const words = useWords().settings;
  return (
    <input
      id={id}
      class="wide"
      type="password"
      autoComplete="new-password"
      disabled={disabled}
      aria-describedby={`${id}-about ${id}-wrong`}
      aria-invalid={isWrong}
      placeholder={setting.isSet ? words.secretSet : words.secretUnset}
      value={isDraft ? text : ''}
      onInput={({ currentTarget: { value } }) => onEdit(value)}
    />
  );
}
