/** The exit code of a command that ends otherwise than by an error, but not with its work done. */
export class ExitCode {
  code = 0;
}
