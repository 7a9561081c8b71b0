import { usePage, useWords } from '../page/index.js';
import { TryView } from '../sketch/index.js';

/** The device's own model reads in the browser what is drawn or shown. */
const PLACES = {
  classifier: 'api/bundle/classifier/',
  companions: 'api/bundle/companions/',
  packed: false,
} as const;

export function TryScreen() {
  const { language } = usePage();
  const words = useWords();
  return (
    <section aria-label={words.screens.try}>
      <TryView places={PLACES} words={words.try} locale={language.locale} />
    </section>
  );
}
