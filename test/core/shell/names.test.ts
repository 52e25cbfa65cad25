// Which variables a script names. In each text the marks are all uses, or all places that set a name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesOf } from '../../../server/src/core/shell/names';
import type { ShellName } from '../../../server/src/core/shell/names';
import { mark, parseMarked } from '../../harness/marked';
import { modelOf } from '../../harness/commands';

function marked(source: string, pick: 'uses' | 'sets'): string {
  const { text } = parseMarked(source);
  const model = modelOf(text);
  const names: ShellName[] = model.instructions.flatMap((one) =>
    model.scriptsOf(one).flatMap((script) => namesOf(script)[pick]),
  );
  for (const { name, span } of names)
    assert.equal(text.slice(span.start, span.end).replace(/\\\n/g, ''), name);
  const spans = names.map(({ span }) => span).sort((a, b) => a.start - b.start);
  return mark(text, spans);
}

const uses: Record<string, string> = {
  quotes: `RUN echo $«A» "$«B»" "\${«C»}" '$D' \\$E $1 $@ $? $'$F'`,
  operands: 'RUN echo ${«A»:-$«B»} ${#«C»} ${!«D»} ${«E»/$«F»/"$«G»"} ${«H»%%[0-$«I»]}',
  arithmetic: 'RUN echo $((«A» + $«B» * 2)) && ((«C» > 1))',
  substitutions: 'RUN echo $(cat $«A» `echo $«B»`) <(cat $«C»)',
  'escapes between backquotes': 'RUN echo `cat \\$«A» "\\`echo \\$«B»\\`"`',
  constructs:
    'RUN for x in $«A»; do a $«B»; done; case $«C» in $«D»|b) c $«E»;; esac; [[ -n $«F» ]]; if a $«G»; then b; fi',
  'a loop of numbers': 'RUN for ((«i»=0; «i»<$«A»; «i»++)); do b; done',
  'assignments and redirects': 'RUN A=$«B» C[$«D»]=$«E» F=($«G» h) x >$«I» <<<"$«J»"',
  'the string of a shell': `RUN sh -c 'echo $«A»' && bash -ec "echo $«B» \\$«C»" && su -c 'x $«D»' y`,
  'here-documents': "RUN cat <<A <<'B'\n$«X» '$«Y»' \\$Z\nA\n$W\nB\n",
  'a script in a here-document': "RUN <<'A'\necho $«X» '$Y'\nA\n",
  continuations: 'RUN echo $«A» \\\n # $B\n "$«C»"',
  'cmd.exe': 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN echo %«A»% $B',
};

for (const [name, source] of Object.entries(uses)) {
  test(`uses: ${name}`, () => {
    assert.equal(marked(source, 'uses'), source);
  });
}

const sets: Record<string, string> = {
  'in front of a command': 'RUN «A»=1 b C=2 && «D»+=3 && «E»[1]=2',
  'handed to a program': 'RUN env «A»=1 b && sudo -u x «B»=2 c',
  'by a command': 'RUN export «A» «B»=1 && read -r «C» && unset «D» && local «x»',
  loops: 'RUN for «A» in 1 2; do b; done; select «C» in 1; do d; done',
  'inside a string': `RUN sh -c '«X»=1; «A»=2'`,
  'not an option, and nothing of another program': 'RUN make CC=gcc && export -p && dpkg A=1',
};

for (const [name, source] of Object.entries(sets)) {
  test(`sets: ${name}`, () => {
    assert.equal(marked(source, 'sets'), source);
  });
}
