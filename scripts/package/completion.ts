import type { CommandHelp } from './command-help.js';

/** A completion for bash that does not start Node, because Node takes half a second to start on a small board. */
export function bashCompletion(pages: readonly CommandHelp[]): string {
  const cases = pages.map(({ path, commands, options }) => {
    const key = ['inkcast', ...path].join(' ');
    return `    '${key}') commands='${commands.join(' ')}' options='${options.join(' ')}' ;;`;
  });
  const deeper = pages.filter(({ path }) => path.length > 0).map(({ path }) => `'${['inkcast', ...path].join(' ')}'`);
  return `# bash completion for inkcast; made from its help by npm run package:deb
_inkcast() {
  local current=\${COMP_WORDS[COMP_CWORD]} command=inkcast commands='' options='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
      ${deeper.join('|')}) command="$command $word" ;;
    esac
  done
  case "$command" in
${cases.join('\n')}
  esac
  case "$current" in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current") ;;
  esac
}
complete -o default -F _inkcast inkcast
`;
}
