/** The exit code of a command that ends without an error, but without success. */
export class ExitCode {
  code = 0;
}
