// Whether a script for bash certainly runs under any POSIX shell. Looks for what only bash and its like have, also in
// comments and strings: a script that is doubted needlessly costs an offer, one that is trusted wrongly a container.

/** Longer lines are not searched. */
const longestLine = 2000;

/** Syntax: tests, arrays, functions, redirects, expansions, patterns. */
const syntax: readonly RegExp[] = [
  /\[\[|(?<!\$)\(\(|\+\+|==|=~|;&/,
  /\w\+=|=\(|\[[@*]\]|\bfunction\b|^[ \t]*\w*[-.:][\w.:-]*[ \t]*\(\)/,
  /[<>?*+@!]\(|<<<|&>|\|&|>&[ \t]*[^\d \t-]|\$\([ \t]*</,
  /\$\{!|\$\{\w+[[/^,@]|\$\{\w+:(?![-=?+])|\$\{[@*][:/#%]|\$['"]|\$\[/,
  /(?<!\$)\{[^\s{}]*(?:,|\.\.)[^\s{}]*\}|\*\*\/|\\x|\\e/,
];

/** Commands that POSIX does not have, or has without these options, and variables that only bash sets. */
const commands: readonly RegExp[] = [
  /\b(?:source|declare|typeset|let|shopt|mapfile|readarray|pushd|popd|dirs|select|coproc|disown|enable|compgen|complete|caller|builtin|bind|suspend|ulimit|time|hash|type|history|jobs)\b/,
  /\bset[ \t]+[-+](?!-(?:\s|$))(?![eufxnvCa]+(?:[\s;]|$))|pipefail|errtrace/,
  /\btrap\b.*\b(?:ERR|DEBUG|RETURN|SIG\w+)\b|\bkill[ \t]+-SIG/,
  /\bread\b(?![ \t]+(?:-r[ \t]+)?[A-Za-z_])|\becho[ \t]+-|\bprintf[ \t]+(?:-|.*%q)/,
  /\b(?:exec|wait|local|export)[ \t]+-|\bcommand[ \t]+-(?!v\b)|(?:\btest|\[)[ \t].*-[vRaoNOG][ \t]/,
  /\$\{?(?:BASH\w*|RANDOM|SECONDS|FUNCNAME|PIPESTATUS|E?UID|HOSTNAME|HOSTTYPE|OSTYPE|MACHTYPE|GROUPS|REPLY|EPOCH\w+)\b/,
];

/** @param text of the whole script */
export function isPosixScript(text: string): boolean {
  return text
    .split('\n')
    .every(
      (line) =>
        line.length <= longestLine &&
        !syntax.some((one) => one.test(line)) &&
        !commands.some((one) => one.test(line)),
    );
}
