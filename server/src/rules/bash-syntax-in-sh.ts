import { defineRule, replace } from '../core/lint/rule';
import { bashSyntaxIn } from '../core/analysis/shellcheck/bash-syntax';
import type { Model } from '../core/lint/rule';
import type { ShellScript } from '../core/shell/types';
import { isSince } from '../core/knowledge/images/releases';
import { standInOptions, unreadScripts } from '../core/families/stand-ins';

/**
 * `RUN` uses `/bin/sh`. In Debian and Ubuntu that is dash, and in Alpine the ash of BusyBox: neither has all of bash. The
 * command fails, or does something else.
 *
 * Where [ShellCheck](../shellcheck.md) is installed, it takes the place of this rule, finds more, and reports it under its
 * own numbers.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN «[[» -f /etc/app.conf ]] || exit 1
 * RUN «source» /etc/profile && echo "ok"
 * RUN if [ "$1" «==» a ]; then make; fi
 * RUN make «&>» /var/log/make.log && bash -c 'make &> a'
 * RUN x=$(date) && echo «"${x:0:4}"» «"${x/a/b}"» '${x^^}' \${x^^}
 * RUN printf «$'a\tb'» && declared
 * ```
 * > dash is the shell here, and it does not have [[ ]]
 * > dash is the shell here, and it does not have source
 * > dash is the shell here, and it does not have == in [
 * > dash is the shell here, and it does not have &>
 * > dash is the shell here, and it does not have ${name:start:length}
 * > dash is the shell here, and it does not have ${name/old/new}
 * > dash is the shell here, and it does not have $'…'
 * ```dockerfile fixed
 * FROM debian:12
 * RUN [[ -f /etc/app.conf ]] || exit 1
 * RUN . /etc/profile && echo "ok"
 * RUN if [ "$1" = a ]; then make; fi
 * RUN make &> /var/log/make.log && bash -c 'make &> a'
 * RUN x=$(date) && echo "${x:0:4}" "${x/a/b}" '${x^^}' \${x^^}
 * RUN printf $'a\tb' && declared
 * ```
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN «declare» x=1 && cat «<<<» text && echo "$x"
 * RUN x=$(«((» 1 + 1 )) && (([ -f /a ]); ls) && y=`[[ a ]]`; echo "$x $y")
 * ```
 * > ash is the shell here, and it does not have declare
 * > ash is the shell here, and it does not have <<<
 * > ash is the shell here, and it does not have (( ))
 * Some commands have other options in bash:
 * ```dockerfile bad
 * FROM debian:12
 * RUN set -euo «pipefail» && make | tee log
 * RUN read -r «-a» words < /list && read «-n1» x < /list && printf «-v» y 1 && trap : «ERR» && export «-f» run && «mapfile» z < /list
 * FROM alpine:3.20
 * RUN set -o pipefail && read -n1 x < /list && read «-a» words < /list
 * ```
 * > dash is the shell here, and it does not have set -o pipefail
 * > dash is the shell here, and it does not have read -a
 * > dash is the shell here, and it does not have this option of read
 * > dash is the shell here, and it does not have printf -v
 * > dash is the shell here, and it does not have trap … ERR
 * > dash is the shell here, and it does not have export -f
 * > dash is the shell here, and it does not have mapfile
 * > ash is the shell here, and it does not have read -a
 * So do loops, functions, arrays, variables and names:
 * ```dockerfile bad
 * FROM debian:12
 * RUN «for ((» i = 0; i < 3; i++)); do make; done; «select» a in b; do ls; done; «function» f { ls; }; «function» g() { ls; }
 * RUN «x=(a b)» && «y+=c» && «z=${y^^}» && echo "$z" && ls «|&» tee log && make «&>>» log > «>(tee log)»
 * RUN mkdir -p «/srv/{a,b}» && «for i in {1..3}»; do ls; done && cat «$"a"»
 * RUN echo «-e» "a\tb" > /srv/a && if true; then type «-p» make; fi && i=1 && echo «$((i++))»
 * RUN echo "$«RANDOM»" && sh -c 'x «&>» a; y «<<<» b'
 * ```
 * > dash is the shell here, and it does not have for (( ))
 * > dash is the shell here, and it does not have select
 * > dash is the shell here, and it does not have function
 * > dash is the shell here, and it does not have function
 * > dash is the shell here, and it does not have arrays
 * > dash is the shell here, and it does not have +=
 * > dash is the shell here, and it does not have ${name^^}
 * > dash is the shell here, and it does not have |&
 * > dash is the shell here, and it does not have &>>
 * > dash is the shell here, and it does not have <(…)
 * > dash is the shell here, and it does not have braces that stand for several words
 * > dash is the shell here, and it does not have braces that stand for several words
 * > dash is the shell here, and it does not have $"…"
 * > dash is the shell here, and it does not have echo -e
 * > dash is the shell here, and it does not have this option of type
 * > dash is the shell here, and it does not have ++ and --
 * > dash is the shell here, and it does not have $RANDOM
 * > dash is the shell here, and it does not have &>
 * > dash is the shell here, and it does not have <<<
 * ```dockerfile good
 * FROM debian:12
 * RUN curl -fsSLO https://example.com/{a,b} && grep -E [0-9]{1,2} a && RANDOM=1 && echo "$RANDOM" -e '{a,b}' ${x:-{a}
 * FROM alpine:3.20
 * RUN function f { ls; }; echo -e "a\tb" "$RANDOM" $((i++))
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN (set -o pipefail 2> /dev/null) && make
 * FROM debian:sid
 * RUN set -o pipefail && make
 * ```
 * The ash of Alpine has much of bash, SHELL can name bash, and the shell of Fedora is bash. What the shell of an unknown
 * image has is not known:
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN [[ -f /etc/app.conf ]] && source /etc/profile && make &> /log
 * FROM fedora:41
 * RUN [[ -f /etc/app.conf ]] && declare x=1
 * FROM registry.example.com/base:1
 * RUN [[ -f /etc/app.conf ]]
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * RUN [[ -f /etc/app.conf ]] && source /etc/profile
 * ```
 *
 * In the profile `hadolint`, only `RUN` counts.
 * ```dockerfile good options="profile: hadolint"
 * FROM debian:12
 * CMD [[ -f /etc/app.conf ]] && exec /srv/app
 * ```
 */
export default defineRule({
  id: 'bash-syntax-in-sh',
  summary: 'A script for bash is run by a shell that is not bash',
  category: 'shell',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    ...[
      '2112',
      '2113',
      '3001',
      '3003',
      '3004',
      '3005',
      '3006',
      '3008',
      '3009',
      '3010',
      '3011',
      '3014',
      '3018',
    ],
    ...['3020', '3024', '3028', '3029', '3030', '3036', '3039', '3040', '3044', '3045', '3046', '3047'],
    ...['3053', '3054', '3057', '3059', '3060'],
  ].flatMap((code) => [`shellcheck:SC${code}`, `hadolint:SC${code}`]),
  explains: ['command-missing'],
  options: standInOptions,

  *check(context) {
    for (const { script, dialect } of unreadScripts(context)) {
      for (const { at, called, code, instead } of bashSyntaxIn(script, dialect)) {
        if (code === pipefail && !hasOldDash(context.model, script)) continue;
        const shell = dialect === 'busybox' ? 'ash' : dialect;
        yield {
          at,
          message: `${shell} is the shell here, and it does not have ${called}`,
          alsoKnownAs: [`shellcheck:SC${code}`, `hadolint:SC${code}`],
          ...(instead !== undefined &&
            script.editable && { fix: { title: `Use ${instead} instead`, edits: [replace(at, instead)] } }),
        };
      }
    }
  },
});

const pipefail = 3040;

/** Whether the release of the image has a dash that does not know pipefail. */
function hasOldDash(model: Model, { instruction }: ShellScript): boolean {
  const release = model.stageOf(instruction)?.base.release;
  return release !== undefined && !isSince(release, { debian: '14', ubuntu: '26.04' });
}
