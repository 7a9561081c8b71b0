import Mocha from 'mocha';

const { EVENT_HOOK_END, EVENT_RUN_END, EVENT_TEST_END, EVENT_TEST_FAIL, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/** Of fewer files, everybody sees what takes long. */
const MIN_FILES = 20;
const MAX_SLOWEST = 20;

/**
 * Mocha's spec reporter, closed by one plain line with the counts: CI reads that line, whatever language the
 * project is written in, and skipped tests are listed by name so that nothing goes missing quietly. Of a run of many files it
 * names those that took longest: scripts/test.mjs starts them first.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    const took = new Map();
    let isOver = false;
    for (const event of [EVENT_TEST_END, EVENT_HOOK_END]) {
      runner.on(event, ({ file, duration = 0 }) => took.set(file, (took.get(file) ?? 0) + duration));
    }
    runner.on(EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    // Files that could not be loaded, or whose process died, fail behind the report: it leaves out all but the first.
    runner.on(EVENT_TEST_FAIL, (_, { file, stack }) => {
      if (isOver) process.stdout.write(`${file ?? ''} ${stack}\n`);
    });
    runner.once(EVENT_RUN_END, () => {
      isOver = true;
      process.once('exit', () => {
        if (took.size >= MIN_FILES) {
          const slowest = [...took].sort(([, a], [, b]) => b - a).slice(0, MAX_SLOWEST);
          for (const [file, ms] of slowest) process.stdout.write(`slow: ${Math.round(ms / 1000)} s ${file}\n`);
        }
        for (const title of skipped) process.stdout.write(`skipped: ${title}\n`);
        const { passes, failures, pending } = runner.stats;
        const tail = pending > 0 ? `, ${pending} skipped` : '';
        process.stdout.write(`${passes} passed, ${failures} failed${tail}\n`);
      });
    });
  }
}
