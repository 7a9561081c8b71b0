/**
 * Makes the tests of a suite steps that build on one another: after the first one that fails, the others are left out. The
 * `bail` of mocha would end all other files of a run, too.
 */
export function inSteps(): void {
  let hasFailed = false;
  beforeEach(function () {
    if (hasFailed) this.skip();
  });
  afterEach(function () {
    hasFailed ||= this.currentTest?.state === 'failed';
  });
}
