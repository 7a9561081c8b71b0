import { useEffect, useMemo } from 'preact/hooks';
import { Notice } from '../look/index.js';
import { ErrorNotice, isFirstVisit, RefusalNotice, usePage, useWords } from '../page/index.js';
import { SetupForm, type TypedAnswers } from './setup-form.js';

export function SetupScreen() {
  const page = usePage();
  const { api, access, state } = page;
  const words = useWords();
  const form = useMemo(() => new SetupForm(api), [api]);
  useEffect(() => void form.load(), [form]);
  const { outcome } = form;
  const isWritten = outcome?.kind === 'written';
  const device = state.state.value;
  const isTakenUp = isWritten && device?.configFile === outcome.file && device.camera.detail !== null;
  useEffect(() => {
    if (isTakenUp) window.location.hash = '#/live';
  }, [isTakenUp]);
  return (
    <form
      class="stack setup"
      aria-label={words.screens.setup}
      onSubmit={(event) => {
        event.preventDefault();
        void form.write();
      }}
    >
      {isFirstVisit(page) ? <p class="lead">{words.setup.welcome}</p> : null}
      <p>{words.setup.intro}</p>
      {access.mayOnlyLook ? <Notice kind="note">{words.shell.viewerOnly}</Notice> : null}
      {form.offer?.unwritable ? <RefusalNotice refusal={form.offer.unwritable} /> : null}
      <CameraQuestion form={form} />
      <fieldset class="card stack">
        <legend>{words.setup.name}</legend>
        <TextField form={form} name="name" label={words.setup.nameLabel} hint={words.setup.nameHint} />
      </fieldset>
      <fieldset class="card stack">
        <legend>{words.setup.broker}</legend>
        <TextField form={form} name="broker" label={words.setup.brokerAddress} />
        <TextField form={form} name="username" label={words.setup.user} />
        <TextField form={form} name="password" label={words.setup.password} />
      </fieldset>
      {outcome?.kind === 'failed' ? <ErrorNotice error={outcome.error} /> : null}
      {isWritten ? (
        <Notice kind="good">
          <p>{words.setup.written(outcome.file)}</p>
          <p>{words.setup.restarting}</p>
        </Notice>
      ) : null}
      <div class="row">
        <button
          type="submit"
          class="primary"
          disabled={!access.mayChange || isWritten || form.offer?.unwritable !== null}
        >
          {words.setup.write}
        </button>
      </div>
    </form>
  );
}

/** Those that were found, and a way to name another. */
function CameraQuestion({ form }: { readonly form: SetupForm }) {
  const words = useWords().setup;
  const found = form.offer?.cameras ?? [];
  const choices = [...found, { value: '', label: words.otherCamera }];
  return (
    <fieldset class="card stack">
      <legend>{words.camera}</legend>
      {choices.map(({ value, label }) => (
        <label key={value} class="option">
          <input
            type="radio"
            name="camera"
            value={value}
            checked={form.answers.camera === value}
            onChange={() => form.answer({ camera: value })}
          />
          <span>{label}</span>
        </label>
      ))}
      {form.answers.camera === '' ? <TextField form={form} name="otherCamera" label={words.otherCameraLabel} /> : null}
    </fieldset>
  );
}

interface TextFieldProps {
  readonly form: SetupForm;
  readonly name: keyof TypedAnswers;
  readonly label: string;
  readonly hint?: string;
}

function TextField({ form, name, label, hint }: TextFieldProps) {
  const id = `setup-${name}`;
  const value = form.answers[name];
  const onInput = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
    form.answer({ [name]: currentTarget.value });
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      {name === 'password' ? (
        <input id={id} type="password" autoComplete="new-password" value={value} onInput={onInput} />
      ) : (
        <input id={id} autoComplete="off" value={value} onInput={onInput} />
      )}
      {hint === undefined ? null : <small class="soft">{hint}</small>}
    </div>
  );
}
