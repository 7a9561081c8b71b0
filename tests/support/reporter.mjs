import Mocha from 'mocha';

/**
 * Mocha's spec reporter, closed by one plain line with the counts: CI reads that line, whatever language the
 * project is written in, and skipped tests are listed by name so that nothing goes missing quietly.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      for (const title of skipped) process.stdout.write(`skipped: ${title}\n`);
      const { passes, failures, pending } = runner.stats;
      const tail = pending > 0 ? `, ${pending} skipped` : '';
      process.stdout.write(`${passes} passed, ${failures} failed${tail}\n`);
    });
  }
}
