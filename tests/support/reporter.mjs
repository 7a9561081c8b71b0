import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/**
 * Mocha's spec reporter, closed by one plain line with the counts: CI reads that line, whatever language the
 * project is written in, and skipped tests are listed by name so that nothing goes missing quietly.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    let isOver = false;
    runner.on(EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    // Files that could not be loaded, or whose process died, fail behind the report: it leaves out all but the first.
    runner.on(EVENT_TEST_FAIL, (_, { file, stack }) => {
      if (isOver) process.stdout.write(`${file ?? ''} ${stack}\n`);
    });
    runner.once(EVENT_RUN_END, () => {
      isOver = true;
      process.once('exit', () => {
        for (const title of skipped) process.stdout.write(`skipped: ${title}\n`);
        const { passes, failures, pending } = runner.stats;
        const tail = pending > 0 ? `, ${pending} skipped` : '';
        process.stdout.write(`${passes} passed, ${failures} failed${tail}\n`);
      });
    });
  }
}
