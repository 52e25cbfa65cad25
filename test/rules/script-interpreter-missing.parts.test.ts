// Which scripts for bash run under any POSIX shell.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPosixScript } from '../../server/src/rules/script-interpreter-missing.parts';

const plain: readonly string[] = [
  '',
  'set -eu\nexec "$@"',
  'set -- app "$@"\nexec "$@"',
  'if [ "$1" = start ]; then exec app; fi',
  ': "${PORT:=80}" "${HOST:-localhost}" "${A:?missing}" "${B:+set}"',
  'name="${1##*/}"; base="${name%.*}"; n=${#name}',
  'count=$((count + 1))',
  'for file in /etc/app/*.conf; do . "$file"; done',
  'while read -r line; do printf \'%s\\n\' "$line"; done < list',
  'start() {\n  app > /dev/null 2>&1 &\n  wait "$!"\n}',
  'trap stop TERM INT EXIT',
  'cat <<EOF > conf\n$A\nEOF',
  'command -v app || exit 1\nexport A=b\nlocal c=d',
  'echo "a, b" # {{ no }}',
  'case "$1" in -*) set -- app "$@" ;; esac',
];

const bash: readonly string[] = [
  '[[ -f a ]]',
  '[ "$a" == b ]',
  '(( a > 1 ))',
  'a=(1 2)',
  'a+=b',
  'echo "${a[0]}"',
  'echo "${a/b/c}" ',
  'echo "${a:1:2}"',
  'echo "${!a}"',
  'echo "${a^^}"',
  'echo "${@:2}"',
  "echo $'a\\n'",
  'function a { b; }',
  'my-function() { b; }',
  'diff <(a) <(b)',
  'cat <<< "$a"',
  'a &> log',
  'a |& b',
  'source ./a',
  'declare -x a=b',
  'set -euo pipefail',
  'set -E',
  'trap stop ERR',
  'trap stop SIGTERM',
  'read -p name a',
  'read',
  'echo -e "a"',
  'printf -v a b',
  'printf "%q" "$a"',
  'for i in {1..3}; do a; done',
  'cp a.{b,c} d',
  'echo $RANDOM',
  'echo ${BASH_SOURCE%/*}',
  'wait -n',
  'shopt -s nullglob',
  'a=$(< file)',
  'rm !(a)',
  'let a=1',
  'i=$((i++))',
  'test -v a ',
  'x'.repeat(3000),
];

test('a script that only uses what POSIX has', () => {
  for (const text of plain) assert.ok(isPosixScript(text), text);
});

test('a script that uses what bash has, or what is not known', () => {
  for (const text of bash) assert.ok(!isPosixScript(text), text);
});
