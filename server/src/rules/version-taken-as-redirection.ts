import { defineRule } from '../core/lint/rule';
import type { Finding, Model } from '../core/lint/rule';
import { comparesVersions } from '../core/knowledge/packages/version-marks';
import type { Install } from '../core/model/installs';
import type { Redirect, ShellWord } from '../core/shell/types';

/**
 * To a shell, `>` and `<` without quotes are redirections: `pip install torch>=2.2` installs any version of torch and
 * writes what pip says to a file named `=2.2`, and `numpy<2` reads a file named `2`, which is not there.
 *
 * ```dockerfile bad
 * FROM python:3.12-slim
 * RUN pip install --no-cache-dir «torch>=2.2» \
 *     «pandas[excel]>=1.5»
 * ```
 * > The shell writes to a file =2.2 here, so pip gets torch without a version
 * > The shell writes to a file =1.5 here, so pip gets pandas[excel] without a version
 * ```dockerfile fixed
 * FROM python:3.12-slim
 * RUN pip install --no-cache-dir "torch>=2.2" \
 *     "pandas[excel]>=1.5"
 * ```
 * ```dockerfile bad severity="error"
 * FROM python:3.12-slim
 * RUN pip install --no-cache-dir «numpy<2» «scipy>1,<=1.12.*»
 * FROM alpine:3.22
 * RUN apk add --no-cache «nodejs<23» || true
 * COPY --from=0 /a /a
 * ```
 * > The shell reads a file 2 here, which is not there, so this command fails
 * > The shell reads a file =1.12.* here, which is not there, so this command fails
 * > The shell reads a file 23 here, which is not there, so this command fails
 * ```dockerfile fixed
 * FROM python:3.12-slim
 * RUN pip install --no-cache-dir "numpy<2" "scipy>1,<=1.12.*"
 * FROM alpine:3.22
 * RUN apk add --no-cache "nodejs<23" || true
 * COPY --from=0 /a /a
 * ```
 * In a string for another shell, quotes would end the string:
 * ```dockerfile bad
 * FROM python:3.12-slim
 * RUN bash -c "pip install --no-cache-dir «torch>=2.2»"
 * RUN pip install --no-cache-dir «"torch"'[a]'>=2.2»
 * ```
 * > The shell writes to a file =2.2 here, so pip gets torch without a version
 * > The shell writes to a file =2.2 here, so pip gets "torch"'[a]' without a version
 * Redirections that stand apart, and files that are no version, are meant:
 * ```dockerfile good
 * FROM python:3.12-slim
 * COPY list.txt /tmp/
 * RUN pip install --no-cache-dir "torch>=2.2" pandas==2.2.3 > /tmp/log 2>&1
 * RUN pip install --no-cache-dir pandas==2.2.3>/tmp/log
 * RUN pip install --no-cache-dir pandas==2.2.3>2
 * RUN pip install --no-cache-dir -r /dev/stdin</tmp/list.txt
 * RUN ["pip", "install", "--no-cache-dir", "torch>=2.2"]
 * RUN gem install --no-document rake:13.2.1>1
 * RUN pip install --no-cache-dir $(cat /tmp/list.txt)>1 && echo a>1
 * ```
 */
export default defineRule({
  id: 'version-taken-as-redirection',
  summary: 'The shell takes the wanted version for a redirection',
  category: 'package',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const use of model.installs) {
      if (use.command.redirects.length === 0 || !comparesVersions.has(use.manager.family)) continue;
      const comparisons = new Map(
        use.command.redirects.filter(isComparison).map((redirect) => [redirect.span.start, redirect]),
      );
      for (const word of use.packages) {
        const [first, ...more] = comparisonsBehind(word, comparisons);
        if (first) yield findingFor(model, use, word, [first, ...more]);
      }
    }
  },
});

/**
 * The redirections that follow a word without a blank and have a version for a file: two of `NAME>=1,<2`.
 * @param comparisons by where they start
 */
function comparisonsBehind(
  { span, pattern }: ShellWord,
  comparisons: ReadonlyMap<number, Redirect>,
): readonly Redirect[] {
  // With a version already there is nothing to compare.
  if (pattern === undefined || /[=<>~!]=/.test(pattern)) return [];
  const behind: Redirect[] = [];
  let next = comparisons.get(span.end);
  while (next) {
    behind.push(next);
    next = comparisons.get(next.span.end);
  }
  return behind;
}

function isComparison({ operator, target }: Redirect): boolean {
  return /^[<>]$/.test(operator) && /^=?\d+(?:\.[\d*]+)*(?:[a-z]+\d*)?,?$/.test(target?.text ?? '');
}

function findingFor(
  { document }: Model,
  { command, manager }: Install,
  word: ShellWord,
  taken: readonly [Redirect, ...Redirect[]],
): Finding {
  const [first, ...more] = taken;
  const at = { start: word.span.start, end: (more.at(-1) ?? first).span.end };
  const text = document.slice(at);
  const reads = taken.find(({ operator }) => operator === '<');
  const { span, operator } = reads ?? first;
  const file = document.slice({ start: span.start + operator.length, end: span.end });
  const isPlain = !/["'`$\\\n]/.test(text) && command.editable && !command.nesting.includes('string');
  return {
    at,
    severity: reads ? 'error' : 'warning',
    message: reads
      ? `The shell reads a file ${file} here, which is not there, so this command fails`
      : `The shell writes to a file ${file} here, so ${manager.name} gets ${word.text} without a version`,
    hides: [at],
    fix: isPlain
      ? { title: 'Put the version in quotes', edits: [{ start: at.start, end: at.end, text: `"${text}"` }] }
      : undefined,
  };
}
